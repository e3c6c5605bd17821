/** @file What a place of the decision ribbon says. */
import { at } from "../viz/at.ts";
import { opName, spokenNode } from "../viz/cell-names.ts";
import type { Painted } from "./ribbon-painter.ts";

/** "step 120, c_{k-2} to node 0: skip leads by 0.021, dropped" at a place of the picture; undefined beside it. */
export function decisionAt(
  { ribbon, of }: { ribbon: Painted["ribbon"]; of: Pick<Painted["of"], "group" | "present"> },
  x: number,
  edge: number,
): string | undefined {
  const column = Math.floor(x);
  const ends = of.group.edges[edge];
  if (!ends || column < 0 || column >= ribbon.columns) return undefined;
  const place = edge * ribbon.columns + column;
  const steps = Math.min(of.present, Math.round(((column + 1) / ribbon.columns) * of.present));
  const op = opName(at(of.group.ops, at(ribbon.leader, place)));
  const nodes = `${spokenNode(of.group, ends.from)} to ${spokenNode(of.group, ends.to)}`;
  const fate = at(ribbon.kept, place) === 1 ? "kept" : "dropped";
  return `step ${steps}, ${nodes}: ${op} leads by ${at(ribbon.margin, place).toFixed(3)}, ${fate}`;
}
