/** @file Laws that hold for every method on every space and task. */
import { memory } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { bindReference } from "../../src/engine/bind/reference.ts";
import { bindWasm } from "../../src/engine/bind/wasm.ts";
import { play } from "../../src/engine/index.ts";
import type { Bind } from "../../src/engine/problem.ts";
import type { RunSpec } from "../../src/protocol/spec.ts";
import { compatible, make, specOf } from "../support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

/** All bursts of a run: records joined, last alpha. */
async function trace(spec: RunSpec, from?: ArrayBuffer, count = 1, bind?: Bind) {
  using run = await make(spec, from, bind);
  const records = [];
  let alpha = {};
  for await (const burst of play(run, count)) {
    records.push(...burst.records);
    alpha = burst.alpha;
  }
  return { records, alpha };
}

it("covers all methods", () => {
  expect(new Set(compatible.map(([method]) => method))).toEqual(
    new Set(["darts", "rarts", "edas", "milenas", "gdas", "random", "rsps", "slimming", "fixed"]),
  );
  expect(compatible.length).toBeGreaterThanOrEqual(5);
});

describe.each(compatible)("%s on %s / %s", (method, space, task) => {
  const spec = specOf(method, space, task);

  it("is a function of its spec, whatever the burst size and the threads, and leaks nothing", async () => {
    const before = memory().numTensors;
    const once = await trace(spec);
    expect(once.records.map((r) => r.step)).toEqual([0, 1, 2, 3]);
    expect(await trace(spec, undefined, 3, bindWasm)).toEqual(once);
    expect(memory().numTensors).toBe(before);
  });
  it("depends on its seed where it draws anything", async () => {
    const same = JSON.stringify(await trace({ ...spec, steps: 2 }));
    const other = JSON.stringify(await trace({ ...spec, steps: 2, seed: 8 }));
    expect(same === other).toBe(space === "toy");
  });
  it("does on compiled networks what the reference does", async () => {
    const short = { ...spec, steps: 2 };
    const fast = await trace(short);
    const slow = await trace(short, undefined, 1, bindReference);
    fast.records.forEach(({ trainLoss, valLoss }, i) => {
      expect(trainLoss).toBeCloseTo(slow.records[i]?.trainLoss as number, 4);
      expect(valLoss).toBeCloseTo(slow.records[i]?.valLoss as number, 4);
    });
  });
  it("resumes exactly from a checkpoint", async () => {
    const whole = await trace(spec);
    using first = await make(spec);
    await first.step(2);
    const rest = await trace(spec, await first.checkpoint());
    expect(rest.records).toEqual(whole.records.slice(2));
    expect(rest.alpha).toEqual(whole.alpha);
  });
});
