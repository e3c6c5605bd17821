/** @file What the gradient rules share. */
import type { Layer, Value } from "../network/network.ts";
import type { Place } from "./geometry.ts";
import type { Gradients } from "./gradients.ts";
import { WEIGHTS } from "./graph.ts";
import type { Part } from "./layout.ts";
import type { Recompute } from "./recompute.ts";
import type { Values } from "./values.ts";
import type { Tag } from "./workspace.ts";

/** Where a mixture entry's gradient is collected: `n` partial sums of entry `entry`. */
export interface MixturePart {
  readonly entry: number;
  readonly place: Place;
  readonly n: number;
  readonly layer: Value;
}
/** The backward pass in the making. */
export interface BackPass {
  readonly values: Values;
  readonly gradients: Gradients;
  readonly recompute: Recompute;
  /** Where term `term` of mixture `v` has its α. */
  readonly alphaOf: (v: Value, term: number) => Place;
  readonly parts: MixturePart[];
}
/** Appends the calls of one layer, whose own gradient is complete. */
export type Rule<K extends Layer["kind"]> = (
  pass: BackPass,
  v: Value,
  layer: Extract<Layer, { kind: K }>,
) => void;

/** The task in which everything about a layer's own gradient runs. */
export const taskOf = ({ values }: BackPass, v: Value): string =>
  `back ${(values.layout.parts[v] as readonly Part[])[0]?.key}`;
/** A call that only weights need. */
export const forWeights = (v: Value): Tag => ({
  phase: "backward",
  layers: [v],
  serves: WEIGHTS,
  leadsTo: [],
});
