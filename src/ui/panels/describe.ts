/** @file What is happening, in sentences: the one place where states and error codes become words and advice. */
import type { RunError } from "../../protocol/messages.ts";
import type { AlphaGroup, BackendId, Preset } from "../../protocol/spec.ts";
import { formatCount, formatNumber, plural } from "../parts/format.ts";
import type { BackendChoice } from "../state/client.ts";
import type { Lane } from "../state/lanes.ts";
import type { EngineState, RunView } from "../state/store.ts";

/** The product names of the backends. */
export const backendNames: Readonly<Record<BackendId, string>> = {
  webgpu: "WebGPU",
  webgl: "WebGL",
  wasm: "WebAssembly",
  cpu: "CPU",
};
export const choiceName = (choice: BackendChoice): string =>
  choice === "auto" ? "Automatic" : backendNames[choice];

/** "Normal cell" for the papers' short names; any other group keeps its own. */
export function groupName({ name }: AlphaGroup): string {
  if (name === "normal") return "Normal cell";
  if (name === "reduce") return "Reduction cell";
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** What a task here is not, for those whose name promises more. */
export const honestNotes: Readonly<Record<string, string>> = {
  cifar10:
    "CIFAR-10 down-sampled to 16×16, 10,000 images; tiny supernet: rankings may differ from the papers.",
};
/** The same in one line, beside the picture. */
export const stageNotes: Readonly<Record<string, string>> = {
  cifar10: "A tiny supernet on 16×16 images: rankings may differ.",
};

/** Whether the preset is the solvable model, which has a phase plane in place of cells. */
export const isToy = (preset: Preset | undefined): boolean => preset?.settings.space === "toy";

/** What the engine as a whole is doing; undefined once it is ready. */
export function describeEngine(
  { backend, unusable }: Pick<EngineState, "backend" | "unusable">,
  choice: BackendChoice,
): string | undefined {
  if (unusable) return "The engine has stopped.";
  if (backend) return undefined;
  return choice === "auto"
    ? "Starting: looking for the best backend…"
    : `Starting on ${backendNames[choice]}…`;
}

/** From here on a step's own time is worth telling. */
export const longStepS = 2;

/** Whether the engine is at work on a step for this lane. */
export const isStepping = (run: RunView | undefined, lane: Pick<Lane, "stepsAsked">): boolean =>
  run?.status === "playing" || (run?.status === "paused" && lane.stepsAsked > run.records.length);

/** What a lane's run is doing, for the transport. `sinceS` is how long the present step has taken, in whole seconds. */
export function describeRun(
  run: RunView | undefined,
  lane: Pick<Lane, "stepsAsked">,
  sinceS = 0,
): string {
  if (!run) return "Waiting for the engine…";
  const { status, progress, records, spec, error } = run;
  if (status === "failed") return `Stopped: ${error?.message ?? "no reason was given."}`;
  if (progress && progress.done < progress.total) {
    if (progress.what === "replay")
      return `Taking steps again: ${progress.done} of ${progress.total}`;
    return progress.what === "data"
      ? `Loading data: shard ${progress.done + 1} of ${progress.total}`
      : `Compiling: kernel ${progress.done + 1} of ${progress.total}`;
  }
  const done = records.length;
  const of = spec ? ` of ${formatCount(spec.steps)}` : "";
  const computing = `computing step ${formatCount(done + 1)}${of}, ${sinceS} s so far`;
  switch (status) {
    case "loading":
      return "Preparing the run…";
    case "playing":
      return `Running: ${sinceS < longStepS ? `step ${formatCount(done)}${of}` : computing}`;
    case "finished":
      return `Finished after ${plural(done, "step")}. Reset starts again.`;
    case "recorded":
      return `Recorded: ${plural(done, "step")}. Play shows them again.`;
    case "paused":
      if (lane.stepsAsked > done) return `One step: ${computing}`;
      return done === 0
        ? `Ready: press Play${costText(run.cost)}`
        : `Paused at step ${formatCount(done)}${of}`;
    default:
      return status satisfies never;
  }
}

/** ". 12 MB, about 9 ms a step": what the engine expects; nothing where it cannot tell. */
function costText(cost: RunView["cost"]): string {
  if (!cost) return "";
  const time =
    cost.msPerStep === undefined
      ? ""
      : `, about ${Number(cost.msPerStep.toPrecision(2))} ms a step`;
  return `. ${formatNumber(cost.bytes / 1e6)} MB${time}`;
}

/** One word for a status, as the screen reader's line and the lane's header say it. */
export function statusWord(run: RunView | undefined): string {
  if (!run) return "waiting";
  return run.status === "playing" ? "running" : run.status;
}

/** What a person can do about an error. */
export interface Advice {
  readonly text: string;
  /** What trying again means: making the run anew, starting the engine anew, or nothing useful. */
  readonly retry: "run" | "engine" | undefined;
}
export function adviceFor({ code }: RunError): Advice {
  switch (code) {
    case "DatasetError":
      return { text: "The data could not be read. Trying again may help.", retry: "run" };
    case "BackendError":
      return {
        text: "The backend failed. Start it again, or choose another one at the top.",
        retry: "engine",
      };
    case "WorkerError":
      return {
        text: "The engine's worker died. What was kept of its runs can go on.",
        retry: "engine",
      };
    case "DivergedError":
      return { text: "Lower a learning rate, then go on or press Reset.", retry: undefined };
    case "SpecError":
    case "HyperError":
      return { text: "Change the setting that it names.", retry: undefined };
    default:
      return { text: "This should not have happened.", retry: "run" };
  }
}
