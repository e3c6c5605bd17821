/** @file One run and the loop that may be driving it. All access goes through `between`, so nothing overlaps a step. */
import type { Run } from "../engine/index.ts";
import type { Burst, EngineEvent, RunStatus } from "../protocol/messages.ts";
import type { RunId, Tuning } from "../protocol/spec.ts";
import { toRunError } from "./errors.ts";

/** A playing run takes as many steps per burst as fit in this time, so the UI hears from it about 20 times a second. */
const burstMs = 50;

/** Sends one event; array buffers in `transfer` move instead of being copied. */
export type Post = (event: EngineEvent, transfer?: readonly ArrayBuffer[]) => void;

/** Play, pause and step over a run that may still be loading. Its methods reject only for refused commands. */
export class Session {
  readonly #runId: RunId;
  readonly #run: Promise<Run>;
  readonly #post: Post;
  #tail: Promise<unknown> = Promise.resolve();
  #playing = false;
  /** Steps a second at most. */
  #rate = Number.POSITIVE_INFINITY;

  constructor(runId: RunId, run: Promise<Run>, post: Post) {
    this.#runId = runId;
    this.#run = run;
    this.#post = post;
  }

  announce(): Promise<void> {
    this.#status("loading");
    return this.#between(async (run) => {
      const burst = await run.step(0);
      const { spec, groups, cost } = run;
      const runId = this.#runId;
      this.#post({ kind: "created", runId, spec, groups, burst, ...(cost && { cost }) });
    });
  }

  /** Starts the loop; on a loop that runs already, only sets its rate. */
  async play(rate = Number.POSITIVE_INFINITY): Promise<void> {
    this.#rate = rate;
    if (this.#playing) return;
    this.#playing = true;
    this.#status("playing");
    try {
      const finished = await this.#loop();
      this.#playing = false;
      this.#status(finished ? "finished" : "paused");
    } catch (error) {
      this.#playing = false;
      this.#fail(error);
    }
  }
  pause(): void {
    this.#playing = false;
  }
  async stepOnce(): Promise<void> {
    if (this.#playing) return;
    try {
      if ((await this.#burst(1)) === undefined) this.#status("finished");
    } catch (error) {
      this.#fail(error);
    }
  }
  tune(patch: Tuning): Promise<void> {
    return this.#between((run) => {
      run.tune(patch);
      this.#post({ kind: "tuned", runId: this.#runId, step: run.steps, spec: run.spec });
    });
  }
  checkpoint(): Promise<void> {
    return this.#between(async (run) => {
      const bytes = await run.checkpoint();
      this.#post({ kind: "checkpoint", runId: this.#runId, step: run.steps, bytes }, [bytes]);
    });
  }
  /** Works on a run that failed to load, too. */
  async dispose(): Promise<void> {
    this.#playing = false;
    await this.#between((run) => run.dispose()).catch(() => {});
    this.#post({ kind: "disposed", runId: this.#runId });
  }

  /** Steps until paused (false) or at the run's end (true). */
  async #loop(): Promise<boolean> {
    for (let count = 1; this.#playing; ) {
      const startMs = performance.now();
      const burst = await this.#burst(count);
      if (burst === undefined) return true;
      const fit = Math.min(burstMs / burst.msPerStep, (burstMs / 1000) * this.#rate);
      count = Math.max(1, Math.min(2 * count, Math.floor(fit)));
      const paceMs = (1000 * burst.records.length) / this.#rate;
      await sleep(Math.max(0, startMs + paceMs - performance.now())); // also lets waiting commands be heard
    }
    return false;
  }
  /** Takes up to `count` steps and posts them; undefined once the run is at its end. */
  #burst(count: number): Promise<Burst | undefined> {
    return this.#between(async (run) => {
      const left = run.spec.steps - run.steps;
      if (left <= 0) return undefined;
      const burst = await run.step(Math.min(count, left));
      this.#post({ kind: "steps", runId: this.#runId, burst });
      return burst;
    });
  }
  /** Queues `f` to run alone, between bursts. */
  #between<T>(f: (run: Run) => T | Promise<T>): Promise<T> {
    const result = this.#tail.then(async () => f(await this.#run));
    this.#tail = result.catch(() => {});
    return result;
  }
  #status(status: RunStatus): void {
    this.#post({ kind: "status", runId: this.#runId, status });
  }
  #fail(error: unknown): void {
    this.#post({ kind: "failed", runId: this.#runId, error: toRunError(error) });
  }
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
