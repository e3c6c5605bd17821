/** @file What the engine offers: methods, spaces, tasks and presets, well enough described to draw their controls. */
import type { HyperSpec, OptimizerSpec, Preset } from "./spec.ts";

/** What every choice says of itself. */
export interface CatalogEntry {
  readonly id: string;
  readonly label: string;
  /** One sentence for someone who has not read the paper. */
  readonly summary: string;
  /** Paper and equations; says so where the paper's text was not available and this is a reconstruction. */
  readonly reference: string;
  readonly hyper: HyperSpec;
}
/** Everything that can be chosen. The page shows what is in it, and knows none of it by name. */
export interface Catalog {
  readonly methods: readonly (CatalogEntry & {
    /** Kinds of alpha it can search: EDAS needs edges to choose on. */
    readonly spaces: readonly string[];
    /** It trains the spec's `genotype`. */
    readonly trainsGenotype?: true;
  })[];
  readonly spaces: readonly (CatalogEntry & {
    readonly tasks: readonly string[];
    /** Its networks can be made smaller and keep the weights of what is left. */
    readonly canPrune?: true;
  })[];
  readonly tasks: readonly (CatalogEntry & {
    /** Its losses are nats a character, and its runs can draw text. */
    readonly isText?: true;
  })[];
  /** Read-only measurements of a run, with the passes that each takes in words. */
  readonly probes: readonly (Omit<CatalogEntry, "hyper"> & {
    readonly cost: string;
    /** Spaces that have what it measures. */
    readonly spaces: readonly string[];
  })[];
  /** Rules that may watch a search, and the spaces in which they see something. */
  readonly stopRules: readonly (Omit<CatalogEntry, "hyper"> & {
    readonly spaces: readonly string[];
  })[];
  readonly presets: readonly Preset[];
  /** The settings of each kind of optimiser, with their ranges. */
  readonly optimizers: Readonly<Record<OptimizerSpec["kind"], HyperSpec>>;
}
