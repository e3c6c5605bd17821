/** @file Runs that advance together: none begins a burst while another that plays has come less far. */

/** What a racer is known by. */
type Racer = object;

/** Who plays along, how far each has come, and who waits. Distances are on one axis for all. */
export class Race {
  readonly #distances = new Map<Racer, number>();
  #waiting: (() => void)[] = [];

  /** Plays along from `distance` on; one that does already is set there. */
  join(racer: Racer, distance: number): void {
    this.#distances.set(racer, distance);
    this.#wake();
  }
  /** The others no longer wait for it, nor it for them. */
  leave(racer: Racer): void {
    if (this.#distances.delete(racer)) this.#wake();
  }
  moved(racer: Racer, by: number): void {
    const distance = this.#distances.get(racer);
    if (distance !== undefined) this.join(racer, distance + by);
  }
  /** Resolves as soon as nobody is behind the racer, or it does not play along. */
  async turn(racer: Racer): Promise<void> {
    while (this.#isAhead(racer)) await new Promise<void>((wake) => this.#waiting.push(wake));
  }
  #isAhead(racer: Racer): boolean {
    const own = this.#distances.get(racer);
    return own !== undefined && own > Math.min(...this.#distances.values());
  }
  #wake(): void {
    const woken = this.#waiting;
    this.#waiting = [];
    for (const wake of woken) wake();
  }
}
