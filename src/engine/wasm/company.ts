/**
 * @file Whether all threads share a pass or the leader takes it alone. Threads that meet after every step of the plan wait
 * for whichever the system has put aside; where a page draws, or other programs run, on as many processors, one thread
 * can be twice as fast as two. The results are the same bits, so now and then a pass is taken the other way, and timed.
 */
import type { Wanted } from "../compiler/select.ts";

/** One pass in so many goes the other way: a prime, so that each kind of a step's passes has its turn. */
const TRIAL = 31;
/** How much an average keeps at each new time. */
const MEMORY = 0.9;
/** Threads together must be so much faster to be worth a processor that others could use. */
const WORTH = Math.log(1.1);

/** Logarithms of milliseconds, averaged with the latest counting most: one long wait says little. */
type Times = Map<Wanted, number>;

/** Remembers how long passes took, either way. */
export class Company {
  readonly #times: { readonly together: Times; readonly alone: Times } = {
    together: new Map(),
    alone: new Map(),
  };
  #passes = 0;
  #prefersAlone: boolean;
  readonly #hasChoice: boolean;

  constructor(threads: number) {
    this.#hasChoice = threads > 1;
    this.#prefersAlone = !this.#hasChoice;
  }

  /** Whether the leader should take the next pass alone. */
  get isAlone(): boolean {
    const isTrial = this.#hasChoice && this.#passes % TRIAL === TRIAL - 1;
    return this.#prefersAlone !== isTrial;
  }
  /** Says that the pass, for these gradients, took so many milliseconds. */
  took(milliseconds: number, wanted: Wanted): void {
    if (!this.#hasChoice) return;
    const times = this.#times[this.isAlone ? "alone" : "together"];
    const now = Math.log(Math.max(milliseconds, 1e-3));
    const before = times.get(wanted) ?? now;
    times.set(wanted, MEMORY * before + (1 - MEMORY) * now);
    this.#passes++;
    this.#prefersAlone = this.#gain() < WORTH;
  }
  /** How much faster threads are together: a logarithm, over the kinds of passes that went both ways. */
  #gain(): number {
    let [sum, kinds] = [0, 0];
    for (const [wanted, together] of this.#times.together) {
      const alone = this.#times.alone.get(wanted);
      if (alone === undefined) continue;
      sum += alone - together;
      kinds++;
    }
    return kinds > 0 ? sum / kinds : Number.POSITIVE_INFINITY;
  }
}
