/** @file One run and the loop that may be driving it. All access goes through `between`, so nothing overlaps a step. */
import { type Run, SpecError } from "../engine/index.ts";
import type {
  Burst,
  EngineEvent,
  Flag,
  Racing,
  Rescue,
  RunStatus,
  Tuned,
} from "../protocol/messages.ts";
import type { Genotype, RunId, RunSpec, Tuning } from "../protocol/spec.ts";
import { toRunError } from "./errors.ts";
import type { Past, Route } from "./past.ts";
import { Race } from "./race.ts";
import { replay } from "./replay.ts";

/** A playing run takes as many steps per burst as fit in this time, so the UI hears from it about 20 times a second. */
const burstMs = 50;

/** Sends one event; array buffers in `transfer` move instead of being copied. */
export type Post = (event: EngineEvent, transfer?: readonly ArrayBuffer[]) => void;

/** What a session begins with. */
export interface Start {
  readonly run: Run;
  readonly past: Past;
  /** Live changes still to be made, each at its step, ascending. */
  readonly script: readonly Tuned[];
  /** The run is stepped to here before it is announced. */
  readonly steps: number;
}

/** Play, pause and step over a run that may still be loading. Its methods reject only for refused commands. */
export class Session {
  readonly #runId: RunId;
  readonly #start: Promise<Start>;
  readonly #post: Post;
  #tail: Promise<unknown> = Promise.resolve();
  #playing = false;
  /** Steps a second at most. */
  #rate = Number.POSITIVE_INFINITY;
  /** Where the loop pauses by itself. */
  #until: number | "change" = Number.POSITIVE_INFINITY;
  #choice = "";
  #script: readonly Tuned[] = [];
  #isOver = false;
  readonly #race: Race;
  #by: Racing["by"] = "steps";

  constructor(runId: RunId, start: Promise<Start>, post: Post, race = new Race()) {
    this.#runId = runId;
    this.#start = start;
    this.#post = post;
    this.#race = race;
  }

  announce(): Promise<void> {
    this.#status("loading");
    return this.#between(async ({ run, script, steps }) => {
      const runId = this.#runId;
      this.#script = await replay(run, script, steps, {
        isOff: () => this.#isOver,
        onProgress: (progress) => this.#post({ kind: "progress", runId, progress }),
      });
      const burst = await run.step(0);
      this.#choice = choiceOf(burst.genotype);
      const { spec, groups, phases, cost, size, epoch } = run;
      const rest = { ...(cost && { cost }), ...(epoch !== undefined && { epoch }) };
      const made = { spec, groups, phases, size, burst, ...rest };
      this.#post({ kind: "created", runId, ...made });
      this.#plant(run.flags);
    });
  }

  /** Starts the loop; on a loop that runs already, only sets its rate, its end and its race. */
  async play(
    rate = Number.POSITIVE_INFINITY,
    until: number | "change" = Number.POSITIVE_INFINITY,
    race?: Racing,
  ): Promise<void> {
    this.#rate = rate;
    this.#until = until;
    if (race) {
      this.#by = race.by;
      this.#race.join(this, race.distance);
    } else this.#race.leave(this);
    if (this.#playing) return;
    this.#playing = true;
    this.#status("playing");
    try {
      const finished = await this.#loop();
      this.#stop();
      this.#status(finished ? "finished" : "paused");
    } catch (error) {
      this.#stop();
      await this.#fail(error);
    }
  }
  pause(): void {
    this.#stop();
  }
  #stop(): void {
    this.#playing = false;
    this.#race.leave(this);
  }
  async stepOnce(explains = false): Promise<void> {
    if (this.#playing) return;
    try {
      if ((await this.#burst(1, explains)) === undefined) this.#status("finished");
    } catch (error) {
      await this.#fail(error);
    }
  }
  tune(patch: Tuning): Promise<void> {
    return this.#between(async (start) => {
      this.#tuneNow(start, patch);
      // Hands on α show at once, though no step is taken.
      if (patch.steer)
        this.#post({ kind: "steps", runId: this.#runId, burst: await start.run.step(0) });
    });
  }
  /** How to stand where this run stood. Throws `SpecError` for a step that it has not taken. */
  routeTo(steps: number): Promise<Route & { readonly past: Past }> {
    return this.#between(({ run, past }) => {
      if (!Number.isInteger(steps) || steps < 0 || steps > run.steps)
        throw new SpecError(`no step ${steps} to fork from: run "${this.#runId}" has ${run.steps}`);
      return { ...past.routeTo(steps), past: past.upTo(steps) };
    });
  }
  /** What can be pruned: its settings and its state as it stands. */
  standing(): Promise<{ readonly spec: RunSpec; readonly bytes: ArrayBuffer }> {
    return this.#between(async ({ run }) => ({ spec: run.spec, bytes: await run.checkpoint() }));
  }
  checkpoint(): Promise<void> {
    return this.#between(async ({ run }) => {
      const bytes = await run.checkpoint();
      this.#post({ kind: "checkpoint", runId: this.#runId, step: run.steps, bytes }, [bytes]);
    });
  }
  sample(temperature: number): Promise<void> {
    return this.#between(async ({ run }) => {
      const samples = await run.samples(temperature);
      this.#post({ kind: "samples", runId: this.#runId, samples });
    });
  }
  probe(id: string): Promise<void> {
    return this.#between(async ({ run }) => {
      this.#post({ kind: "probed", runId: this.#runId, ...(await run.probe(id)) });
    });
  }
  evaluate(on: "val" | "test" = "val"): Promise<void> {
    return this.#between(async ({ run }) => {
      const { loss, accuracy, examples } = await run.evaluate(on);
      const found = { step: run.steps, loss, accuracy, examples };
      this.#post({ kind: "evaluated", runId: this.#runId, ...found });
    });
  }
  /** Works on a run that failed to load, too. */
  async dispose(): Promise<void> {
    this.#stop();
    this.#isOver = true;
    await this.#between(({ run }) => run.dispose()).catch(() => {});
    this.#post({ kind: "disposed", runId: this.#runId });
  }

  /** Steps until paused (false) or at the run's end (true). */
  async #loop(): Promise<boolean> {
    for (let count = 1; this.#playing; ) {
      await this.#race.turn(this);
      if (!this.#playing) return false;
      const startMs = performance.now();
      if (this.#until === "change") count = 1;
      const before = this.#choice;
      const burst = await this.#burst(count);
      if (burst === undefined) return true;
      this.#race.moved(this, distanceOf(burst, this.#by));
      if (this.#until === "change" && before !== this.#choice) return false;
      if (burst.records.length === 0) return false; // the end of this stretch, not of the run
      const fit = Math.min(burstMs / burst.msPerStep, (burstMs / 1000) * this.#rate);
      count = Math.max(1, Math.min(2 * count, Math.floor(fit)));
      const paceMs = (1000 * burst.records.length) / this.#rate;
      await sleep(Math.max(0, startMs + paceMs - performance.now())); // also lets waiting commands be heard
    }
    return false;
  }
  /** Takes up to `count` steps and posts them; undefined once the run is at its end. */
  #burst(count: number, explains = false): Promise<Burst | undefined> {
    return this.#between(async (start) => {
      const { run, past } = start;
      const left = run.end - run.steps;
      if (left <= 0) return undefined;
      while (this.#script[0] && this.#script[0].steps <= run.steps) {
        this.#tuneNow(start, this.#script[0].patch);
        this.#script = this.#script.slice(1);
      }
      const stretch = this.#until === "change" ? left : Math.max(0, this.#until - run.steps);
      const untilTuned = (this.#script[0]?.steps ?? Number.POSITIVE_INFINITY) - run.steps;
      const burst = await run.step(Math.min(count, left, stretch, untilTuned), explains);
      this.#choice = choiceOf(burst.genotype);
      if (burst.records.length > 0) this.#post({ kind: "steps", runId: this.#runId, burst });
      this.#plant(burst.flags);
      if (past.isDue(run.steps))
        past.add({ steps: run.steps, spec: run.spec, bytes: await run.checkpoint() });
      return burst;
    });
  }
  #tuneNow({ run, past }: Start, patch: Tuning): void {
    run.tune(patch);
    past.tuned({ steps: run.steps, patch });
    const { spec, steps: step, phases } = run;
    this.#post({ kind: "tuned", runId: this.#runId, step, spec, phases, patch });
  }
  /** Queues `f` to run alone, between bursts. */
  #between<T>(f: (start: Start) => T | Promise<T>): Promise<T> {
    const result = this.#tail.then(async () => f(await this.#start));
    this.#tail = result.catch(() => {});
    return result;
  }
  #plant(flags: readonly Flag[] = []): void {
    for (const flag of flags) this.#post({ kind: "flag", runId: this.#runId, flag });
  }
  #status(status: RunStatus): void {
    this.#post({ kind: "status", runId: this.#runId, status });
  }
  async #fail(error: unknown): Promise<void> {
    const rescue = await this.#between(rescueOf).catch(() => undefined);
    const event = { kind: "failed", runId: this.#runId, error: toRunError(error) } as const;
    this.#post({ ...event, ...(rescue && { rescue }) });
  }
}

/** The state as it stands where it can still be had, or else the last one that was kept. */
async function rescueOf({ run, past }: Start): Promise<Rescue | undefined> {
  const step = run.steps;
  try {
    return { step, bytes: await run.checkpoint() };
  } catch {
    const { steps, bytes } = past.latest() ?? {};
    return steps === undefined || !bytes ? undefined : { step: steps, bytes };
  }
}

function distanceOf({ records, spent, msPerStep }: Burst, by: Racing["by"]): number {
  if (by === "gradients") return spent?.gradients ?? 0;
  return by === "ms" ? msPerStep * records.length : records.length;
}

/** Which ops are chosen on which edges, as something to compare. */
const choiceOf = ({ groups }: Genotype) => JSON.stringify(groups);

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
