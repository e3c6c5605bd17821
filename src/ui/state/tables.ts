/** @file A run's past as comma-separated tables for other programs. */
import type { AlphaGroup } from "../../protocol/spec.ts";
import { alphaIn } from "../viz/trace.ts";
import type { History } from "./history.ts";

/** One line a step: its number from 1, both losses, and whatever values the space names. */
export function lossTable({ records }: History): string {
  const names = Object.keys(records[0]?.values ?? {});
  const lines = records.map(({ step, trainLoss, valLoss, values }) =>
    [step + 1, trainLoss, valLoss, ...names.map((name) => values?.[name] ?? "")].join(","),
  );
  return [["step", "train_loss", "val_loss", ...names].join(","), ...lines, ""].join("\n");
}

/** One line a kept row: steps taken, then α of every edge and op, named "normal 0>2 sep_conv_3x3". */
export function alphaTable(groups: readonly AlphaGroup[], { trace }: History): string {
  const names = groups.flatMap(({ name, edges, ops }) =>
    edges.flatMap(({ from, to }) => ops.map((op) => `${name} ${from}>${to} ${op}`)),
  );
  const lines = Array.from({ length: trace?.length ?? 0 }, (_, row) =>
    [
      trace?.steps[row],
      ...groups.flatMap(({ name }) => [...((trace && alphaIn(trace, name, row)) ?? [])]),
    ].join(","),
  );
  return [["step", ...names].join(","), ...lines, ""].join("\n");
}
