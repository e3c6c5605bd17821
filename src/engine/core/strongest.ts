/** @file Which edges of a cell stay and with which candidate: DARTS §2.4 by index. */
import { dartsRule, deriveEdges, type KeptEdge } from "../../genotype/derive.ts";
import type { AlphaGroup } from "../../protocol/spec.ts";

/** `deriveEdges` by DARTS's rule with `keep` edges a node. */
export const strongestEdges = (
  group: AlphaGroup,
  alpha: Float32Array,
  keep: number,
): readonly KeptEdge[] => deriveEdges(group, alpha, dartsRule(keep));
