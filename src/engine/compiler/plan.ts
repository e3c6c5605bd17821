/** @file What a compiled network is: kernel calls over one arena, in steps of independent tasks. Data only. */
import type { Network, Value } from "../network/network.ts";
import type { NormRows } from "../network/norms.ts";
import type { Geometry } from "./geometry.ts";
import type { Links } from "./graph.ts";
import type { Spec } from "./spec.ts";

/** One kernel call. */
export interface Op {
  /** Index into `Plan.kernels`. */
  readonly kernel: number;
  /** Float offsets; those at or beyond `Plan.scratch.at` are in the running thread's own scratch memory. */
  readonly args: readonly number[];
  /** Where in `Plan.conditions` it says when the call runs. */
  readonly condition: number;
  /** Relative time, for dealing tasks to threads. */
  readonly cost: number;
}
/** Ops that one thread runs in order; the tasks of one step are independent. */
export type Task = readonly Op[];
export type Step = readonly Task[];

/** One matrix (edges, ops) of the flat mixture vector. */
export interface MixtureGroup {
  readonly name: string;
  readonly offset: number;
  readonly edges: number;
  readonly ops: number;
}
/** A mixture kernel's terms. In memory: their count, then (y, st, scale) each; terms of inactive entries are left out. */
export interface Table {
  readonly at: number;
  readonly rows: readonly {
    readonly y: number;
    readonly st: number;
    readonly scale: number;
    readonly entry?: number;
  }[];
}
/** Planes at a float offset. */
export interface PlacedPlanes {
  readonly at: number;
  readonly n: number;
  readonly geo: Geometry;
}

/** A network compiled for a batch size. All places are float offsets into the arena. */
export interface Plan {
  readonly network: Network;
  readonly batch: number;
  readonly kernels: readonly Spec[];
  readonly forward: readonly Step[];
  readonly backward: readonly Step[];
  /** As `conditions.ts` packs them. */
  readonly conditions: Int32Array;
  readonly links: Links;
  /** Length of the arena for one thread; every further thread adds `scratch.size`. */
  readonly floats: number;
  readonly scratch: { readonly at: number; readonly size: number };
  readonly weights: { readonly at: number; readonly gradient: number; readonly size: number };
  readonly mixture: {
    readonly at: number;
    readonly size: number;
    readonly groups: readonly MixtureGroup[];
    /** ∂/∂entry is the sum of the `n` floats at `at`, over all parts of the entry that ran. */
    readonly parts: readonly {
      readonly entry: number;
      readonly at: number;
      readonly n: number;
      readonly layer: Value;
    }[];
  };
  /** Filled before the forward pass; the colours' planes. */
  readonly image: PlacedPlanes;
  readonly logits: PlacedPlanes;
  /** Filled between the passes. */
  readonly logitsGradient: PlacedPlanes;
  /** Where each norm that the output depends on has (mean, 1/σ) of its rows. */
  readonly norms: readonly (NormRows & { readonly at: number })[];
  readonly constants: readonly { readonly at: number; readonly values: readonly number[] }[];
  readonly tables: readonly Table[];
}

/** Floats at the start of the arena that nothing uses, so that offset 0 means nothing. */
export const RESERVED = 16;
