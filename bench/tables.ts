/** @file A benchmark's result as Markdown tables that also read well in a terminal. */
import { judge } from "./bars.ts";
import { type StepName, stepNames } from "./engine.ts";
import { nameOf } from "./line-up.ts";
import { type Result, rowsOf } from "./result.ts";
import type { Measured } from "./rounds.ts";
import { median, minimum } from "./stats.ts";

const titles: Readonly<Record<StepName, string>> = {
  w: "w",
  alpha: "α",
  darts1: "DARTS-1",
  darts2: "DARTS-2",
  rarts4: "RARTS, 4 passes",
  rarts2: "RARTS, 2 passes",
  edas: "EDAS",
};

/** A table whose columns are as wide as their widest cell. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, c) =>
    Math.max(3, title.length, ...rows.map((row) => (row[c] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${widths.map((width, c) => (cells[c] ?? "").padEnd(width)).join(" | ")} |`;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n");
}

/** Milliseconds of steps, what engines cost besides, and the bars. */
export function report(result: Result): string {
  return [
    `## ${result.preset}: ${result.machine}`,
    "Milliseconds a step: median [minimum] × runs",
    stepTable(result),
    costTable(result),
    barTable(result),
  ].join("\n\n");
}

function stepTable({ measured }: Result): string {
  const steps = stepNames.filter((step) => measured.some(({ samples }) => samples[step]));
  const cell = ({ samples }: Measured, step: StepName): string => {
    const times = (samples[step] ?? []).map(({ ms }) => ms);
    if (times.length === 0) return "";
    return `${short(median(times))} [${short(minimum(times))}] × ${times.length}`;
  };
  return table(
    ["engine", ...steps.map((step) => titles[step])],
    measured.map((one) => [nameOf(one.id), ...steps.map((step) => cell(one, step))]),
  );
}

function costTable(result: Result): string {
  const rows = rowsOf(result);
  const lines = result.measured.map(({ id, prepared, samples }) => {
    const { compileMs, firstStepMs, arenaBytes, multiplyAdds } = prepared;
    const row = rows.find((r) => r.step === "w" && nameOf(r) === nameOf(id));
    const rate = samples.w && multiplyAdds && row ? multiplyAdds / row.medianMs / 1e6 : undefined;
    const share =
      id.engine === "wasm" && rate && result.peak ? rate / result.peak / id.threads : undefined;
    return [
      nameOf(id),
      compileMs === undefined ? "" : `${compileMs.toFixed(0)} ms`,
      `${firstStepMs.toFixed(0)} ms`,
      row?.dispatches ? String(row.dispatches) : "",
      arenaBytes ? `${(arenaBytes / 1e6).toFixed(1)} MB` : "",
      multiplyAdds ? `${(multiplyAdds / 1e6).toFixed(1)} M` : "",
      rate === undefined ? "" : short(rate),
      share === undefined ? "" : `${(100 * share).toFixed(0)} %`,
    ];
  });
  const peak = result.peak === undefined ? "" : ` of ${result.peak.toFixed(1)} a thread`;
  return table(
    [
      "engine",
      "compile",
      "to first step",
      "launches",
      "arena",
      "multiply-adds",
      "GMAC/s",
      `SIMD peak${peak}`,
    ],
    lines,
  );
}

function barTable(result: Result): string {
  const { bars, missing } = judge(result);
  const rows = bars.map(({ what, must, aim, measured, ok }) => [
    what,
    must,
    aim,
    measured,
    ok ? "ok" : "MISS",
  ]);
  const left = missing.length > 0 ? [`Took no part, so not judged: ${missing.join("; ")}.`] : [];
  return [table(["bar", "must", "aim", "measured", ""], rows), ...left].join("\n\n");
}

/** Three digits, and all before the point. */
const short = (x: number): string => (x >= 100 ? x.toFixed(0) : String(Number(x.toPrecision(3))));
