/**
 * @file Whether all threads share a pass or the leader takes it alone. Threads that meet after every step of the plan wait
 * for whichever the system has put aside; where a page draws, or other programs run, on as many processors, one thread
 * can be twice as fast as two. The results are the same bits, so now and then some passes go the other way, and are timed.
 */

/** Passes from one decision to the next: twice as many after each that was as the one before, up to the most. */
const [LEAST, MOST] = [24, 128];
/** The last of them go the other way. */
const TRIAL = 4;
/** The first of all do not count: they are compiled while they run. */
const SETTLING = 8;
/** Threads together must be so much faster to be worth a processor that others could use. */
const WORTH = Math.log(1.1);

/** Sums of logarithms of milliseconds, by what passes were like: in a mean of these one long wait says little. */
class Times {
  readonly #sums = new Map<string, { readonly sum: number; readonly count: number }>();

  add(like: string, milliseconds: number): void {
    const { sum, count } = this.#sums.get(like) ?? { sum: 0, count: 0 };
    const now = Math.log(Math.max(milliseconds, 1e-3));
    this.#sums.set(like, { sum: sum + now, count: count + 1 });
  }
  /** Halves the weight of all that was added so far. */
  fade(): void {
    for (const [like, { sum, count }] of this.#sums)
      this.#sums.set(like, { sum: sum / 2, count: count / 2 });
  }
  /** How much longer these took than others, as a logarithm, where both have some alike; undefined if none. */
  over(others: Times): number | undefined {
    const ratios = [...this.#sums].flatMap(([like, { sum, count }]) => {
      const other = others.#sums.get(like);
      return other ? [sum / count - other.sum / other.count] : [];
    });
    return ratios.length > 0 ? ratios.reduce((a, b) => a + b) / ratios.length : undefined;
  }
}

/** Remembers how long passes took either way, the latest best. */
export class Company {
  readonly #hasChoice: boolean;
  #prefersAlone: boolean;
  #stretch = LEAST;
  /** Passes left of the stretch. */
  #left = LEAST;
  /** The next ones that do not count: threads wake, and fetch what the others have in their caches. */
  #unsettled = SETTLING;
  readonly #together = new Times();
  readonly #alone = new Times();

  constructor(threads: number) {
    this.#hasChoice = threads > 1;
    this.#prefersAlone = !this.#hasChoice;
  }

  get #isTrial(): boolean {
    return this.#hasChoice && this.#left <= TRIAL;
  }
  /** Whether the leader should take the next pass alone. */
  get isAlone(): boolean {
    return this.#prefersAlone !== this.#isTrial;
  }
  /** Says that the pass took so many milliseconds; those that are `like` the same take about as long. */
  took(milliseconds: number, like: string): void {
    if (!this.#hasChoice) return;
    if (this.#unsettled > 0) this.#unsettled--;
    else (this.isAlone ? this.#alone : this.#together).add(like, milliseconds);
    this.#left--;
    if (this.#left === TRIAL) this.#unsettled = 1;
    if (this.#left === 0) this.#decide();
  }
  #decide(): void {
    const gain = this.#alone.over(this.#together);
    const before = this.#prefersAlone;
    if (gain !== undefined) this.#prefersAlone = gain < WORTH;
    this.#stretch = this.#prefersAlone === before ? Math.min(MOST, 2 * this.#stretch) : LEAST;
    this.#left = this.#stretch;
    this.#unsettled = 1;
    this.#together.fade();
    this.#alone.fade();
  }
}
