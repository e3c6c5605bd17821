/** @file The benchmark's pure parts: arguments, turns, medians, bars, and the line of JSON. */
import { describe, expect, it } from "vitest";
import { parseOptions } from "../bench/args.ts";
import { judge } from "../bench/bars.ts";
import type { Engine, EngineId, Sample, StepName } from "../bench/engine.ts";
import { Evaluations } from "../bench/launches.ts";
import { lineUp, nameOf } from "../bench/line-up.ts";
import { type Result, rowsOf, toJson } from "../bench/result.ts";
import { type Measured, play } from "../bench/rounds.ts";
import { median, minimum } from "../bench/stats.ts";
import { report, table } from "../bench/tables.ts";
import { compile } from "../src/engine/compiler/compile.ts";
import type { Batch, BoundProblem } from "../src/engine/problem.ts";
import { darts } from "./support/compiled.ts";

const options = (...args: string[]) => {
  const parsed = parseOptions(args);
  if (!parsed.ok) throw new Error(parsed.reason);
  return parsed.options;
};
const reason = (...args: string[]): string => {
  const parsed = parseOptions(args);
  return parsed.ok ? "" : parsed.reason;
};

describe("arguments", () => {
  it("are tiny, everywhere, without PyTorch by default", () => {
    expect(options()).toMatchObject({ preset: "tiny", json: false, runs: undefined });
    expect(options().engines).not.toContain("torch");
    expect(options("--against", "torch").engines).toContain("torch");
    expect(options("--runs", "3", "--engines", "wasm,torch").engines).toEqual(["wasm", "torch"]);
  });
  it("name the wrong one and what is allowed", () => {
    expect(reason("--preset", "huge")).toBe('--preset is "huge"; allowed: tiny, small, paper');
    expect(reason("--runs", "0")).toContain("1 … 9999");
    expect(reason("--engines", "wasm,gpu")).toContain("wasm, webgpu, reference, torch");
    expect(reason("--against")).toContain("allowed: torch");
    expect(reason("--fast")).toContain("--preset");
  });
});

describe("the line-up", () => {
  it("has every way to run WASM and names each engine differently", () => {
    const ids = lineUp(options("--against", "torch"));
    expect(ids.filter(({ engine }) => engine === "wasm")).toHaveLength(8);
    expect(new Set(ids.map(nameOf)).size).toBe(ids.length);
  });
  it("spares larger networks the reference unless it is named", () => {
    const engines = (...args: string[]) => lineUp(options(...args)).map(({ engine }) => engine);
    expect(engines()).toContain("reference");
    expect(engines("--preset", "small")).not.toContain("reference");
    expect(engines("--preset", "small", "--engines", "reference")).toContain("reference");
  });
});

describe("medians", () => {
  it("are the middle, or the mean of the two in the middle", () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(minimum([5, 1, 3])).toBe(1);
    expect(median([])).toBeNaN();
  });
});

/** An engine on a clock of its own: every step takes `ms`. */
function fake(threads: number, ms: number, asked: string[]): Engine {
  return {
    id: { engine: "wasm", host: "node", threads, relaxed: false },
    steps: ["w"],
    async prepare() {
      if (ms === 0) throw new Error("it cannot");
      return { firstStepMs: ms };
    },
    async measure(step, count, warm): Promise<Sample[]> {
      asked.push(`${threads}: ${step} ${count}+${warm}`);
      return Array.from({ length: count }, () => ({ ms }));
    },
    close: async () => {},
  };
}

describe("turns", () => {
  const settings = { steps: ["w"] as const, resident: true, log: () => {}, nameOf };

  it("interleave engines, their order reversed each round", async () => {
    const asked: string[] = [];
    const found = await play([fake(1, 10, asked), fake(2, 10, asked)], { ...settings, runs: 7 });
    expect(asked.map((line) => line[0])).toEqual(["1", "2", "2", "1", "1", "2", "2", "1"]);
    expect(asked[0]).toBe("1: w 2+20");
    expect(asked.at(-1)).toBe("1: w 1+1");
    expect(found.map(({ samples }) => samples.w?.length)).toEqual([7, 7]);
  });
  it("leave out what cannot run and stop what takes too long", async () => {
    const asked: string[] = [];
    const found = await play([fake(1, 0, asked), fake(2, 15_000, asked)], {
      ...settings,
      runs: 30,
    });
    expect(found.map(({ id }) => id.threads)).toEqual([2]);
    expect(asked).toEqual(["2: w 1+0", "2: w 1+0"]);
  });
});

const id = (engine: EngineId["engine"], threads: number, host: EngineId["host"] = "node") => ({
  engine,
  host,
  threads,
  relaxed: false,
});
const measured = (
  who: EngineId,
  steps: Partial<Record<StepName, number[]>>,
  prepared: Partial<Measured["prepared"]> = {},
): Measured => ({
  id: who,
  prepared: { firstStepMs: 500, ...prepared },
  samples: Object.fromEntries(
    Object.entries(steps).map(([step, times]) => [
      step,
      times.map((ms, i) => ({ ms, dispatches: who.engine === "torch" ? undefined : 10 + i })),
    ]),
  ),
});
const result: Result = {
  preset: "tiny",
  machine: "a machine",
  peak: 20,
  measured: [
    measured(
      id("wasm", 2),
      { w: [4, 2, 3], alpha: [1], darts1: [4], edas: [2] },
      { arenaBytes: 12e6, multiplyAdds: 30e6, compileMs: 100 },
    ),
    measured(id("wasm", 2, "chromium"), { w: [4, 4] }),
    measured(id("torch", 2), { w: [60, 60] }),
  ],
};
const bar = (what: string) => judge(result).bars.find((b) => b.what.includes(what));

describe("launches", () => {
  it("count passes that are asked for at once like any other", () => {
    const evaluations = new Evaluations();
    evaluations.plan = compile(darts(2, 1, 1, 4), 2);
    const nothing = { lossAndGrad: () => ({}), lossAndGradAtBoth: () => [] };
    const watched = evaluations.watch(nothing as unknown as BoundProblem);
    const [weights, mixture, batch] = [{}, { weights: {} }, {} as Batch];
    watched.lossAndGrad(weights, mixture, batch, "both");
    const one = evaluations.calls() as number;
    expect(one).toBeGreaterThan(0);
    evaluations.forget();
    const asked = { weights, mixture, batch, wrt: "both" } as const;
    watched.lossAndGradAtBoth?.(asked, asked);
    expect(evaluations.calls()).toBe(2 * one);
  });
});

describe("bars", () => {
  it("are ratios of medians, judged by what must be", () => {
    expect(bar("PyTorch / WASM, 2")).toMatchObject({ must: "≥ 15×", measured: "20×", ok: true });
    expect(bar("Chromium, 2")).toMatchObject({ measured: "0.75", ok: true });
    expect(bar("α step")).toMatchObject({ measured: "0.333", ok: true });
    expect(bar("EDAS")).toMatchObject({ must: "≤ 0.4", measured: "0.5", ok: false });
    expect(bar("arena")).toMatchObject({ measured: "12 MB", ok: true });
  });
  it("that need an engine that took no part are left out and named", () => {
    expect(bar("PyTorch / WASM, 1")).toBeUndefined();
    expect(judge(result).missing).toContain("w step: PyTorch / WASM, 1 thread each");
    expect(report(result)).toContain("w step: plain tfjs WebGPU / WebGPU");
  });
});

describe("output", () => {
  it("is one line of JSON in the documented shape", () => {
    const line = toJson(result);
    expect(line).not.toContain("\n");
    const { preset, machine, rows } = JSON.parse(line);
    expect([preset, machine]).toEqual(["tiny", "a machine"]);
    expect(rows[0]).toEqual({
      ...id("wasm", 2),
      step: "w",
      medianMs: 3,
      minMs: 2,
      dispatches: 11,
      arenaBytes: 12e6,
    });
    expect(rows.map(({ step }: { step: string }) => step)).not.toContain("alpha");
    expect(rowsOf(result)).toHaveLength(rows.length + 1);
    expect(rows.at(-1)).toMatchObject({ engine: "torch", dispatches: null, arenaBytes: null });
  });
  it("is tables whose lines are equally wide", () => {
    const lines = table(["a", "long title"], [["wide cell", "1"], ["x"]]).split("\n");
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    // 30 M multiply-adds in 3 ms are 10 thousand million a second: a quarter of two threads' peak.
    expect(report(result)).toMatch(/\| WASM, 2 threads, Node .*\| 10 +\| 25 % /);
  });
});
