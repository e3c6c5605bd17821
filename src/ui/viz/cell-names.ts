/** @file What the nodes and edges of a cell are called: c_{k-2} and c_{k-1} go in, nodes count from 0, c_k comes out. */

import type { AlphaGroup, Force } from "../../protocol/spec.ts";
import { at } from "./at.ts";

/** A name with an optional subscript: c with k−2, or just 3. */
export interface Name {
  readonly base: string;
  readonly sub?: string;
}

/** With two or more inputs a cell reads the outputs of earlier cells, so these and its own output are named after k. */
export const namesInputs = (group: AlphaGroup) => group.inputs >= 2;

/** A cell's output, the concatenation of its computed nodes. */
export const outputName: Name = { base: "c", sub: "k" };

export function nodeName(group: AlphaGroup, node: number): Name {
  if (!namesInputs(group)) return { base: `${node}` };
  if (node >= group.inputs) return { base: `${node - group.inputs}` };
  return { base: "c", sub: `k−${group.inputs - node}` };
}

/** For a screen reader: "c_{k-2}", "node 0". */
export function spokenNode(group: AlphaGroup, node: number): string {
  const { base, sub } = nodeName(group, node);
  return sub ? `${base}_{${sub.replace("−", "-")}}` : `node ${base}`;
}

/** In plain text: "edge c[k−2]→3", and with its cell "normal, edge c[k−2]→3" where there are several. */
export function plainEdge(
  group: AlphaGroup,
  { from, to }: { readonly from: number; readonly to: number },
  hasCell: boolean,
): string {
  const [start, end] = [from, to].map((node) => {
    const { base, sub } = nodeName(group, node);
    return sub ? `${base}[${sub}]` : base;
  });
  return `${hasCell ? `${group.name}, ` : ""}edge ${start}→${end}`;
}

/** As a person says it: "sep conv 3×3" for sep_conv_3x3, "skip" for skip_connect. */
export const opName = (op: string): string =>
  op
    .replace(/_connect$/, "")
    .replace(/(\d)x(\d)/g, "$1×$2")
    .replaceAll("_", " ");

/** Short enough for a legend: "sep 3×3". */
export const shortOpName = (op: string): string => opName(op).replace(/ (?:conv|pool)(?= )/, "");

/**
 * For a screen reader: "edge c_{k-1} to node 2, kept, sep conv 3×3 0.31, skip 0.22, pin on skip", with the two largest of the
 * edge's weights. `weights` is (edges, ops) or absent before the first α.
 */
export function spokenEdge(
  group: AlphaGroup,
  edge: number,
  weights: Float64Array | undefined,
  kept: boolean,
  forces: readonly Pick<Force, "edge" | "op" | "kind">[] = [],
): string {
  const { from, to } = at(group.edges, edge);
  const name = `edge ${spokenNode(group, from)} to ${spokenNode(group, to)}`;
  const row = weights
    ? group.ops.map((op, k) => ({ op, weight: at(weights, edge * group.ops.length + k) }))
    : [];
  const top = row
    .sort((a, b) => b.weight - a.weight)
    .slice(0, 2)
    .map(({ op, weight }) => `${opName(op)} ${weight.toFixed(2)}`);
  const hands = forces
    .filter((force) => force.edge === edge)
    .map(({ kind, op }) => `${kind} on ${opName(at(group.ops, op))}`);
  return [name, ...(kept ? ["kept"] : []), ...top, ...hands].join(", ");
}
