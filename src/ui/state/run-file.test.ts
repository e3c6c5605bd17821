import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { created, ready, testBurst } from "../../../test/support/fake-engine.ts";
import type { RunId, RunSpec } from "../../protocol/spec.ts";
import { readRunFile } from "./read-run-file.ts";
import { checksum, encodeRunFile, headerAt } from "./run-file.ts";
import { type EngineState, initialState, type RunView, reduce } from "./store.ts";

const runId = "a" as RunId;
const sgd = { kind: "sgd", lr: 0.1, lrFloor: 0.1, momentum: 0, decay: 0, clip: 0 } as const;
const spec: RunSpec = {
  method: "darts",
  space: "conv",
  task: "images",
  backend: "cpu",
  seed: 4_000_000_000,
  steps: 100,
  batchSize: 16,
  weightOptimizer: sgd,
  alphaOptimizer: sgd,
  hyper: { xi: 0.5 },
  spaceHyper: { cells: 3 },
  taskHyper: {},
  stop: { rules: ["skips"], ends: true },
};
const burst = { ...testBurst(0, 12), spent: { gradients: 24, forwards: 12, peakBytes: 4096 } };
const noise = Float32Array.from({ length: 48 }, (_, i) => Math.fround(Math.sin(i)));
const state: EngineState = [
  ready,
  created(runId, spec),
  { kind: "steps", runId, burst: { ...burst, trace: { ...burst.trace, normal: noise } } } as const,
  { kind: "tuned", runId, step: 12, spec, phases: [], patch: { hyper: { xi: 0.1 } } } as const,
].reduce(reduce, initialState);
const run = state.runs[runId] as RunView;
const settings = {
  setup: { preset: "tiny", seed: 1, spaceHyper: {}, taskHyper: {} },
  rate: 8,
  lanes: [],
};
const lane = { letter: "A", spec, groups: run.groups, past: run };
const file = {
  app: "0.1.0",
  backend: "cpu" as const,
  device: "test",
  settings,
  lanes: [lane, lane],
};
const bytes = encodeRunFile(file);

describe("a run file", () => {
  it("keeps to what α was rounded, and tells a rounding that cannot be", () => {
    const rounded = (rounding: number) => {
      const lanes = [{ ...lane, past: { ...run, rounding } }];
      const read = readRunFile(encodeRunFile({ ...file, lanes }));
      if ("refused" in read) throw new Error(read.refused);
      return { rounding: read.file.lanes[0]?.past.rounding, repairs: read.repairs };
    };
    expect(rounded(1 / 512)).toEqual({ rounding: 1 / 512, repairs: [] });
    const repairs = ["Lane 1: how α is rounded cannot be read."];
    expect(rounded(-3)).toEqual({ rounding: undefined, repairs });
  });
  it("is read back as it was written, α to the last bit", () => {
    const read = readRunFile(bytes);
    if ("refused" in read) throw new Error(read.refused);
    expect(read.repairs).toEqual([]);
    expect(read.file).toMatchObject({ app: "0.1.0", backend: "cpu", device: "test", settings });
    expect(read.file.lanes).toHaveLength(2);
    expect(read.file.lanes[1]?.spec).toEqual(spec);
    const past = read.file.lanes[1]?.past;
    expect(past?.trace?.rows["normal"]).toEqual(Float32Array.of(0, 0, 0, 0, ...noise));
    expect([...(past?.trace?.steps ?? [])]).toEqual(Array.from({ length: 13 }, (_, i) => i));
    for (const part of ["records", "changes", "begun", "tunings", "costs"] as const)
      expect(past?.[part]).toEqual(run[part]);
    expect(past?.costs?.at(-1)).toEqual({ gradients: 24, forwards: 12, ms: 24, bytes: 4096 });
  });
  it("tells that one bit was turned", () => {
    const turned = bytes.slice();
    turned[turned.length - 1] = (turned.at(-1) as number) ^ 1;
    expect(readRunFile(turned)).toMatchObject({ repairs: [expect.stringContaining("checksum")] });
  });
  it("of the first version, which held no costs, is read", () => {
    const { costs: _, ...past } = run;
    const old = encodeRunFile({ ...file, lanes: [{ ...lane, past }] });
    const length = new DataView(old.buffer).getUint32(12, true);
    const json = new TextDecoder().decode(old.subarray(headerAt, headerAt + length));
    const first = json.replace('"version":2', '"version":1').replace(',"costs":0', "          ");
    old.set(new TextEncoder().encode(first), headerAt);
    new DataView(old.buffer).setUint32(8, checksum(old), true);
    const read = readRunFile(old);
    if ("refused" in read) throw new Error(read.refused);
    expect(read.repairs).toEqual([]);
    expect(read.file.lanes[0]?.past.costs).toBeUndefined();
    expect(read.file.lanes[0]?.past.records).toEqual(run.records);
  });
  it("of another version is refused by number", () => {
    const other = withHeader((json) => json.replace('"version":2', '"version":7'));
    const refused = "Its version is 7; this page reads versions 1 to 2.";
    expect(readRunFile(other)).toEqual({ refused });
  });
  it("is never a reason to throw or to hang, and never taken in silence, whatever was done to it", () => {
    const places = fc.nat(bytes.length - 1);
    const flips = fc.array(fc.tuple(places, fc.integer({ min: 1, max: 255 })), {
      minLength: 1,
      maxLength: 8,
    });
    const mutated = fc.oneof(
      flips.map((all) => {
        const copy = bytes.slice();
        for (const [at, by] of all) copy[at] = (copy[at] as number) ^ by;
        return copy;
      }),
      places.map((end) => bytes.slice(0, end)),
      fc
        .tuple(places, places)
        .map(([a, b]) => Uint8Array.of(...bytes.slice(0, a), ...bytes.slice(b))),
      fc.uint8Array({ maxLength: 200 }),
      fc
        .tuple(fc.constantFrom(...keys), fc.jsonValue())
        .map(([key, value]) =>
          withHeader((json) =>
            json.replace(key, `${key.split(":")[0]}:${JSON.stringify(value)},"was":`),
          ),
        ),
      fc.jsonValue().map((value) => withHeader(() => JSON.stringify(value))),
    );
    fc.assert(
      fc.property(mutated, (hostile) => {
        const read = readRunFile(hostile);
        if ("refused" in read) {
          expect(read.refused.length).toBeGreaterThan(10);
          return;
        }
        if (!same(hostile, bytes) && checksum(hostile) !== sumIn(hostile))
          expect(read.repairs.length).toBeGreaterThan(0);
        // What is shown has the shape that everything behind relies on.
        for (const { past, groups } of read.file.lanes) {
          expect(past.changes.length).toBeGreaterThan(0);
          for (const g of groups)
            expect(past.trace?.rows[g.name]?.length).toBe(
              (past.trace?.length ?? 0) * g.edges.length * g.ops.length,
            );
        }
      }),
      { numRuns: 10_000, seed: 11 },
    );
  });
});

const keys = [
  '"groups":',
  '"spec":',
  '"begun":',
  '"rows":',
  '"steps":',
  '"changes":',
  '"tunings":',
  '"values":',
  '"costs":',
  '"lanes":',
  '"settings":',
  '"letter":',
] as const;

/** The same file with another header, and a checksum that fits. */
function withHeader(change: (json: string) => string): Uint8Array {
  const length = new DataView(bytes.buffer).getUint32(12, true);
  const json = new TextDecoder().decode(bytes.subarray(headerAt, headerAt + length));
  const text = new TextEncoder().encode(change(json));
  const out = new Uint8Array(headerAt + text.length + bytes.length - headerAt - length);
  out.set(bytes.subarray(0, headerAt));
  out.set(text, headerAt);
  out.set(bytes.subarray(headerAt + length), headerAt + text.length);
  const view = new DataView(out.buffer);
  view.setUint32(12, text.length, true);
  view.setUint32(8, checksum(out), true);
  return out;
}
const sumIn = (file: Uint8Array) => new DataView(file.buffer, file.byteOffset).getUint32(8, true);
const same = (a: Uint8Array, b: Uint8Array) =>
  a.length === b.length && a.every((x, i) => x === b[i]);
