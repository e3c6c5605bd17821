/** @file The runs behind the lanes: made, remade, played and tuned by commands that nobody waits for. */
import type { Racing } from "../../protocol/messages.ts";
import type { RunId, Tuning } from "../../protocol/spec.ts";
import { gather, type Schedule } from "./frame.ts";
import { type Lane, specOf } from "./lanes.ts";
import type { SavedRun } from "./saves.ts";
import { type EngineLink, type RunView, tell } from "./store.ts";
import { laneOf, setLane, type ViewStore } from "./view.ts";

/** What actions do to runs. Lanes are named by id. */
export interface Runs {
  /** The lane's run as far as the engine has told. */
  of(lane: Lane): RunView | undefined;
  isPlaying(): boolean;
  /** Ends the lane's run, if there is one, and makes its successor from the lane's wishes. */
  remake(id: string, andPlay: boolean): void;
  end(id: string): void;
  /** Makes the lane's run from a checkpoint, with the past that it had. */
  resume(id: string, saved: SavedRun): void;
  /** A run's name that was never used. */
  nameFor(letter: string): RunId;
  /** Starts every run that can go on, at the view's rate; one that plays only takes up the rate. */
  play(): void;
  /** As `play`, but each run pauses as soon as its genotype chooses otherwise. */
  playToChange(): void;
  /** As `play`, but each run pauses after so many steps more; one without a number stands still. */
  playOn(count: (run: RunView) => number | undefined): void;
  /** Every lane, or one. */
  pause(id?: string): void;
  /** One step on every run that stands still; its lane counts the steps asked for. `explain`: the step tells of itself. */
  step(explain?: true): void;
  /** At most one command per frame and run. */
  tune(id: string, patch: Tuning): void;
}

export function createRuns({ store, send }: EngineLink, view: ViewStore, frame: Schedule): Runs {
  let made = 0;
  const of = ({ runId }: Lane) => (runId === undefined ? undefined : store.getState().runs[runId]);
  /** Every run that can go on. One that the engine has not answered for yet counts: commands wait their turn. */
  const each = (f: (runId: RunId, lane: Lane, run: RunView | undefined) => void) => {
    for (const lane of view.getState().lanes) {
      const run = of(lane);
      if (lane.runId === undefined || isOver(run)) continue;
      f(lane.runId, lane, run);
    }
  };
  /** Several lanes are kept abreast on the axis that they are compared by; memory is no distance, so steps stand in. */
  const racing = (runId: RunId): { readonly race?: Racing } => {
    const { lanes, axis } = view.getState();
    if (lanes.length < 2) return {};
    const run = store.getState().runs[runId];
    const cost = run?.costs?.at(-1);
    if (axis === "gradients") return { race: { by: axis, distance: cost?.gradients ?? 0 } };
    if (axis === "seconds") return { race: { by: "ms", distance: cost?.ms ?? 0 } };
    return { race: { by: "steps", distance: run?.records.length ?? 0 } };
  };
  const playRun = (runId: RunId, until?: number | "change") => {
    const { rate } = view.getState();
    // What was set before Play holds from the first step on.
    tunings.now();
    send({
      kind: "play",
      runId,
      ...(rate !== undefined && { rate }),
      ...(until !== undefined && { until }),
      ...(until !== "change" && racing(runId)),
    });
  };
  const end = (id: string) => {
    const lane = laneOf(view, id);
    if (lane?.runId === undefined) return;
    // What was never made or came from a file is known to the page alone.
    if (of(lane)?.status === "recorded") tell(store, { kind: "forgotten", runId: lane.runId });
    else send({ kind: "dispose", runId: lane.runId });
  };
  const nameFor = (letter: string) => `${letter}${++made}` as RunId;
  const tunings = gather<string, Tuning>(frame, mergeTuning, (id, patch) => {
    const lane = laneOf(view, id);
    const status = lane && of(lane)?.status;
    if (lane?.runId !== undefined && status !== "failed" && status !== "recorded")
      send({ kind: "tune", runId: lane.runId, patch });
  });

  return {
    of,
    isPlaying: () => view.getState().lanes.some((lane) => of(lane)?.status === "playing"),
    remake(id, andPlay) {
      const lane = laneOf(view, id);
      const { catalog, backend } = store.getState();
      if (!lane || !catalog || !backend) return;
      const spec = specOf(catalog, view.getState().setup, lane, backend.id);
      if (!spec) return;
      end(id);
      const runId = nameFor(lane.letter);
      const { origin: _, line: __, ...rest } = lane;
      view.setState(({ lanes }) => ({
        scrub: undefined,
        preview: undefined,
        brush: undefined,
        phase: undefined,
        lanes: lanes.map((l) => (l.id === id ? { ...rest, runId, stepsAsked: 0 } : l)),
      }));
      send({ kind: "create", runId, spec });
      if (andPlay) playRun(runId);
    },
    end,
    resume(id, { begun, past, checkpoint }) {
      const lane = laneOf(view, id);
      if (!lane) return;
      const runId = nameFor(lane.letter);
      setLane(view, id, { runId, stepsAsked: 0 });
      tell(store, { kind: "past", runId, past });
      // Copied, so that what was saved can be gone on with twice.
      const bytes = checkpoint.slice(0);
      const { tunings } = past;
      const spec = { ...begun, backend: store.getState().backend?.id ?? begun.backend };
      send({ kind: "create", runId, spec, checkpoint: bytes, tunings }, [bytes]);
    },
    nameFor,
    play: () => each((runId) => playRun(runId)),
    playOn: (count) =>
      each((runId, _, run) => {
        const more = run && count(run);
        if (run && more !== undefined) playRun(runId, run.records.length + more);
      }),
    playToChange: () => each((runId) => playRun(runId, "change")),
    pause: (id) =>
      each((runId, lane) => {
        if (id === undefined || lane.id === id) send({ kind: "pause", runId });
      }),
    step: (explain) =>
      each((runId, lane, run) => {
        if (run?.status !== "paused") return;
        setLane(view, lane.id, { stepsAsked: Math.max(run.records.length, lane.stepsAsked) + 1 });
        tunings.now();
        send({ kind: "step", runId, ...(explain && { explain }) });
      }),
    tune: tunings.put,
  };
}

/** Whether no command can make it go on. */
const isOver = (run: RunView | undefined) =>
  run?.status === "finished" || run?.status === "failed" || run?.status === "recorded";

/** Later values win, hyper-parameters one by one; hands on α all count, in their order. */
function mergeTuning(before: Tuning | undefined, patch: Tuning): Tuning {
  const steer = [...(before?.steer ?? []), ...(patch.steer ?? [])];
  return {
    ...before,
    ...patch,
    ...((before?.hyper || patch.hyper) && { hyper: { ...before?.hyper, ...patch.hyper } }),
    ...(steer.length > 0 && { steer }),
  };
}
