/** @file What a probe is: a read-only measurement of a run. It changes nothing, and says what it costs. */
import type { AlphaGroup, Genotype } from "../../protocol/spec.ts";
import type { Params } from "../core/params.ts";
import type { Rng } from "../core/rng.ts";
import type { AlphaValues, Batch, BoundProblem } from "../problem.ts";

/** The run as it stands. Everything in it is the run's: a probe frees only what it makes. */
export interface ProbeContext {
  readonly problem: BoundProblem;
  readonly weights: Params;
  readonly alpha: Params;
  /** `alpha` as numbers, (edges, ops) row by row. */
  readonly alphaOnHost: AlphaValues;
  derive(alpha: AlphaValues): Genotype;
  /** Of the half for α, the same at every probing: its first ones as they are stored. */
  readonly batches: readonly Batch[];
  /** The same stream at every probing. */
  readonly rng: Rng;
}

export interface Probe {
  readonly id: string;
  readonly label: string;
  /** One sentence for someone who has not read the paper. */
  readonly summary: string;
  readonly reference: string;
  /** Passes over a batch, in words: "12 forward passes". */
  readonly cost: string;
  /** How many batches it wants; a short half has fewer, but one at least. */
  readonly batches: number;
  /** Whether these groups have what it measures. Absent means any. */
  accepts?(groups: readonly AlphaGroup[]): boolean;
  measure(context: ProbeContext): Promise<Readonly<Record<string, number>>>;
}

/** Edges that choose among operations: what most probes need. */
export const choosesOps = (groups: readonly AlphaGroup[]): boolean =>
  groups.length > 0 && groups.every(({ kind }) => kind === "choice");
