/** @file The bars that the engine is held to: ratios of medians of one run, and sizes. */
import type { EngineId, PresetName, StepName } from "./engine.ts";
import { type Result, type Row, rowsOf } from "./result.ts";

/** One bar with what was measured. */
export interface Bar {
  readonly what: string;
  readonly must: string;
  readonly aim: string;
  readonly measured: string;
  readonly ok: boolean;
}
/** Bars that could be judged, and why others could not. */
export interface Judgement {
  readonly bars: readonly Bar[];
  readonly missing: readonly string[];
}
type Sizes = Partial<Record<PresetName, readonly [must: number, aim: number]>>;

const wasm = (threads: number, host: EngineId["host"] = "node"): EngineId => ({
  engine: "wasm",
  host,
  threads,
  relaxed: false,
});
const torch = (threads: number): EngineId => ({ ...wasm(threads), engine: "torch" });
const onGpu = (engine: "webgpu" | "reference"): EngineId => ({ ...wasm(1, "chromium"), engine });

/** Judges a result. Ratios are of plain SIMD, and of two threads where threads are not named. */
export function judge(result: Result): Judgement {
  const { preset } = result;
  const rows = rowsOf(result);
  const bars: Bar[] = [];
  const missing: string[] = [];
  const find = (id: EngineId, step: StepName): Row | undefined =>
    rows.find(
      (row) =>
        row.step === step &&
        row.engine === id.engine &&
        row.host === id.host &&
        row.threads === id.threads &&
        row.relaxed === id.relaxed,
    );
  const add = (
    what: string,
    bounds: readonly [must: number, aim: number] | undefined,
    value: number | undefined,
    direction: "≥" | "≤",
    show: (x: number) => string,
  ): void => {
    if (!bounds) return;
    if (value === undefined) {
      missing.push(what);
      return;
    }
    const [must, aim] = bounds;
    bars.push({
      what,
      must: `${direction} ${show(must)}`,
      aim: `${direction} ${show(aim)}`,
      measured: show(value),
      ok: direction === "≥" ? value >= must : value <= must,
    });
  };
  const over = (a: Row | undefined, b: Row | undefined): number | undefined =>
    a && b ? a.medianMs / b.medianMs : undefined;

  const faster: readonly [threads: number, Sizes][] = [
    [1, { tiny: [10, 15], small: [6, 9] }],
    [2, { tiny: [15, 22], small: [8, 12], paper: [4, 6] }],
  ];
  for (const [threads, sizes] of faster)
    add(
      `w step: PyTorch / WASM, ${threads === 1 ? "1 thread" : `${threads} threads`} each`,
      sizes[preset],
      over(find(torch(threads), "w"), find(wasm(threads), "w")),
      "≥",
      times,
    );
  for (const threads of [1, 2])
    add(
      `w step: Node / Chromium, ${threads === 1 ? "1 thread" : `${threads} threads`}`,
      [0.75, 0.95],
      over(find(wasm(threads), "w"), find(wasm(threads, "chromium"), "w")),
      "≥",
      plain,
    );
  const gpu = find(onGpu("webgpu"), "w");
  const onTiny = <T>(bounds: T): T | undefined => (preset === "tiny" ? bounds : undefined);
  add(
    "w step: plain tfjs WebGPU / WebGPU",
    onTiny([15, 30] as const),
    over(find(onGpu("reference"), "w"), gpu),
    "≥",
    times,
  );
  add(
    "w step: WebGPU dispatches",
    onTiny([260, 160] as const),
    gpu?.dispatches ?? undefined,
    "≤",
    String,
  );

  const within = (what: string, a: StepName, b: StepName, must: number, aim: number): void =>
    add(what, [must, aim], over(find(wasm(2), a), find(wasm(2), b)), "≤", plain);
  within("α step (its gradient alone) / w step", "alpha", "w", 0.8, 0.65);
  within("EDAS / DARTS-1", "edas", "darts1", 0.4, 0.25);
  within("RARTS, 2 passes / DARTS-2", "rarts2", "darts2", 0.45, 0.4);

  const arenas: Sizes = { tiny: [20, 12], small: [160, 90], paper: [2000, 1000] };
  const arena = Math.max(0, ...rows.map((row) => (row.engine === "wasm" && row.arenaBytes) || 0));
  add("arena", arenas[preset], arena ? arena / 1e6 : undefined, "≤", (x) => `${plain(x)} MB`);

  const first = result.measured.find(
    ({ id }) => id.engine === "wasm" && id.host === "chromium" && id.threads === 2 && !id.relaxed,
  )?.prepared.firstStepMs;
  add(
    "nothing bound to first step, WASM, 2 threads, Chromium, cold",
    onTiny([1000, 400] as const),
    first,
    "≤",
    (x) => `${x.toFixed(0)} ms`,
  );
  return { bars, missing };
}

const plain = (x: number): string => String(Number(x.toPrecision(3)));
const times = (x: number): string => `${plain(x)}×`;
