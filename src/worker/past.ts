/** @file What a session keeps of its run's past: checkpoints here and there, and every change in between. */
import type { Tuned } from "../protocol/messages.ts";
import type { RunSpec } from "../protocol/spec.ts";

/** A state that a run can be made from; without bytes, the first one, which the spec alone makes. */
export interface Milestone {
  readonly steps: number;
  readonly spec: RunSpec;
  readonly bytes?: ArrayBuffer | undefined;
}
/** How to stand where a run stood: begin here, make these changes at their steps, and step until there. */
export interface Route {
  readonly from: Milestone;
  readonly tunings: readonly Tuned[];
}

/** A checkpoint is taken every so many steps at first. */
const firstEvery = 50;
/** Beyond either of these every second checkpoint goes, and the next ones come half as often. */
const mostMilestones = 24;
const mostBytes = 96e6;

/** Bounded in memory, exact at every step: what has no checkpoint is replayed from the one before. */
export class Past {
  #milestones: Milestone[];
  readonly #tunings: Tuned[];
  #every = firstEvery;

  constructor(start: Milestone, tunings: readonly Tuned[] = []) {
    this.#milestones = [start];
    this.#tunings = [...tunings];
  }
  /** True if a checkpoint is due after `steps` steps. */
  isDue(steps: number): boolean {
    return steps >= (this.#milestones.at(-1)?.steps ?? 0) + this.#every;
  }
  add(milestone: Milestone): void {
    this.#milestones.push(milestone);
    const bytes = this.#milestones.reduce((sum, m) => sum + (m.bytes?.byteLength ?? 0), 0);
    if (this.#milestones.length <= mostMilestones && bytes <= mostBytes) return;
    this.#milestones = this.#milestones.filter((_, i) => i % 2 === 0);
    this.#every *= 2;
  }
  tuned(tuned: Tuned): void {
    this.#tunings.push(tuned);
  }
  /** The last checkpoint, if there is one. */
  latest(): Milestone | undefined {
    return this.#milestones.findLast(({ bytes }) => bytes !== undefined);
  }
  /** The way to the state after `steps` steps; changes made right there are part of it. */
  routeTo(steps: number): Route {
    const from = this.#milestones.findLast((m) => m.steps <= steps) ?? this.#milestones[0];
    if (!from || from.steps > steps) throw new RangeError(`no state before step ${steps}`);
    const tunings = this.#tunings.filter((t) => t.steps <= steps && t.steps >= from.steps);
    return { from, tunings };
  }
  /** What a run that branches off after `steps` steps shares with this one. */
  upTo(steps: number): Past {
    const [first, ...later] = this.#milestones;
    if (!first) throw new RangeError("a past without a beginning");
    const past = new Past(
      first,
      this.#tunings.filter((t) => t.steps <= steps),
    );
    past.#milestones.push(...later.filter((m) => m.steps <= steps));
    past.#every = this.#every;
    return past;
  }
}
