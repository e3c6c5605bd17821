/** @file Small groups of α. */
import type { AlphaGroup } from "../../src/protocol/spec.ts";

/** A cell named "normal" in which every node after the inputs has an edge from every earlier one, in their order. */
export function cellGroup(
  inputs: number,
  nodes: number,
  ops: readonly string[] = ["none", "skip_connect", "sep_conv_3x3"],
): AlphaGroup {
  const edges = Array.from({ length: nodes }, (_, to) => to)
    .slice(Math.max(1, inputs))
    .flatMap((to) => Array.from({ length: to }, (_, from) => ({ from, to })));
  return { name: "normal", kind: "choice", nodes, inputs, edges, ops };
}
