/** @file Lets engines take turns, so that whatever else the machine does befalls them all alike. */
import type { Engine, EngineId, Prepared, Sample, StepName } from "./engine.ts";

/** What became of one engine. */
export interface Measured {
  readonly id: EngineId;
  /** Of its first preparation, in a host where nothing had run before. */
  readonly prepared: Prepared;
  readonly samples: Readonly<Partial<Record<StepName, readonly Sample[]>>>;
  /** Why it took no further turns. */
  readonly failure?: string;
}
export interface RoundOptions {
  /** Timed steps of each kind. */
  readonly runs: number;
  readonly steps: readonly StepName[];
  /** False if every engine is closed before the next one's turn. */
  readonly resident: boolean;
  readonly log: (line: string) => void;
  readonly nameOf: (id: EngineId) => string;
}

/** How many turns each engine gets, where it has that many steps to take. */
const rounds = 5;
/** What one kind of step may take of a turn before its count is reduced, and of the whole before it gets no more. */
const turnMs = 1_500;
const patienceMs = 20_000;
/** Steps of each kind that do not count when an engine begins: V8 compiles what is hot a second time, and better. */
const warmUp = 20;

interface Player {
  readonly engine: Engine;
  readonly prepared: Prepared;
  readonly samples: Map<StepName, Sample[]>;
  /** Set once it has failed in a turn; it gets no more. */
  failure?: string;
}

/** Every engine is prepared once, alone; then each in turn takes steps of every kind, the order turning each round. */
export async function play(engines: readonly Engine[], options: RoundOptions): Promise<Measured[]> {
  const { runs, resident, log, nameOf } = options;
  const players: Player[] = [];
  for (const engine of engines) {
    log(`prepare ${nameOf(engine.id)}`);
    try {
      players.push({ engine, prepared: await engine.prepare(), samples: new Map() });
    } catch (error) {
      log(`left out: ${nameOf(engine.id)}: ${(error as Error).message}`);
      await engine.close();
    }
    if (!resident) await engine.close();
  }
  const share = Math.ceil(runs / Math.min(rounds, runs));
  for (let round = 0; round * share < runs; round++) {
    for (const player of round % 2 === 0 ? players : [...players].reverse()) {
      if (player.failure) continue;
      log(`round ${round + 1}: ${nameOf(player.engine.id)}`);
      try {
        if (!resident) await player.engine.prepare();
        await takeTurn(player, share, options);
        if (!resident) await player.engine.close();
      } catch (error) {
        player.failure = (error as Error).message;
        await player.engine.close();
      }
    }
  }
  for (const { engine } of players) await engine.close();
  return players.map(({ engine, prepared, samples, failure }) => ({
    id: engine.id,
    prepared,
    samples: Object.fromEntries(samples),
    ...(failure === undefined ? {} : { failure }),
  }));
}

/**
 * After a pause the first step of a kind is slower, as caches are cold and threads nap: it counts only where steps are
 * long, as do an engine's first ones.
 */
async function takeTurn(
  { engine, prepared, samples }: Player,
  share: number,
  { runs, steps }: RoundOptions,
): Promise<void> {
  for (const step of engine.steps.filter((name) => steps.includes(name))) {
    const had = samples.get(step) ?? [];
    const spent = had.reduce((sum, { ms }) => sum + ms, 0);
    if (spent > patienceMs || had.length >= runs) continue;
    const { compileMs = 0, firstStepMs } = prepared;
    const fitting = Math.floor(turnMs / (had.at(-1)?.ms ?? firstStepMs - compileMs));
    const warm = Math.min(fitting, had.length === 0 ? warmUp : 1);
    const count = Math.min(share, runs - had.length, Math.max(1, fitting));
    samples.set(step, [...had, ...(await engine.measure(step, count, warm))]);
  }
}
