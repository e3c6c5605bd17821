/** @file Parity as a table. */
import type { Row } from "./measure.ts";

/** What one engine makes of one file. */
export interface Result {
  readonly file: string;
  readonly engine: string;
  readonly rows: readonly Row[];
}

export const holds = ({ error, tolerance }: Row): boolean =>
  error === undefined || error <= tolerance;

/** One table per result. */
export function table({ file, engine, rows }: Result): string {
  const lines = rows.map((row) => [
    row.quantity,
    row.error === undefined ? "not told" : row.error.toExponential(1),
    row.tolerance.toExponential(0),
    row.error === undefined ? "" : holds(row) ? "ok" : "EXCEEDED",
  ]);
  const all = [["quantity", "largest error", "tolerance", ""], ...lines];
  const width = (column: number) => Math.max(...all.map((line) => (line[column] ?? "").length));
  const text = all.map((line) =>
    line
      .map((cell, column) =>
        column === 0 || column === 3 ? cell.padEnd(width(column)) : cell.padStart(width(column)),
      )
      .join("  ")
      .trimEnd(),
  );
  return [`${file} on ${engine}`, ...text].join("\n");
}
