/** @file α as rows of numbers: sorted, and as comma-separated values. */
import type { AlphaGroup, GenotypeEdge } from "../../protocol/spec.ts";
import { at } from "./at.ts";
import { opName, spokenNode } from "./cell-names.ts";

export interface AlphaRow {
  /** Its place in the group. */
  readonly edge: number;
  /** "c_{k-2} to node 0". */
  readonly name: string;
  readonly weights: Float64Array;
  /** The operation that is kept here; undefined where the edge is dropped. */
  readonly kept: string | undefined;
}

/** One row an edge, in the group's order. `weights` is (edges, ops). */
export function alphaRows(
  group: AlphaGroup,
  weights: Float64Array,
  kept: readonly GenotypeEdge[] | undefined,
): readonly AlphaRow[] {
  const width = group.ops.length;
  return group.edges.map(({ from, to }, edge) => ({
    edge,
    name: `${spokenNode(group, from)} to ${spokenNode(group, to)}`,
    weights: weights.slice(edge * width, (edge + 1) * width),
    kept: kept?.find((e) => e.from === from && e.to === to)?.op,
  }));
}

/** By which column, and which way. */
export interface Sort {
  /** An op's index, or "edge". */
  readonly by: number | "edge";
  readonly isDescending: boolean;
}
/** Ties keep the order of edges. */
export function sorted(rows: readonly AlphaRow[], { by, isDescending }: Sort): readonly AlphaRow[] {
  const key = (row: AlphaRow) => (by === "edge" ? row.edge : at(row.weights, by));
  return [...rows].sort((a, b) => (isDescending ? key(b) - key(a) : key(a) - key(b)));
}

/** The first click on an op's column shows its largest weights first, on "edge" the group's own order; another turns it. */
export const nextSort = (now: Sort, by: Sort["by"]): Sort =>
  now.by === by ? { by, isDescending: !now.isDescending } : { by, isDescending: by !== "edge" };

/** As RFC 4180 has it, with a head; six digits. */
export function alphaCsv(group: AlphaGroup, rows: readonly AlphaRow[]): string {
  const head = ["edge", ...group.ops, "kept"];
  const lines = rows.map(({ name, weights, kept }) => [
    name,
    ...Array.from(weights, (w) => w.toFixed(6)),
    kept ?? "",
  ]);
  return [head, ...lines].map((cells) => cells.map(quoted).join(",")).join("\r\n");
}
const quoted = (cell: string) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** A column's head as a person says it. */
export const columnName = (by: Sort["by"], group: AlphaGroup): string =>
  by === "edge" ? "edge" : opName(at(group.ops, by));
