import { describe, expect, it } from "vitest";
import { compile } from "../compiler/compile.ts";
import { select, type Wanted } from "../compiler/select.ts";
import { dartsConv } from "../spaces/darts-conv.ts";
import { choose } from "./choose.ts";
import { compileFor } from "./fit.ts";
import { checkLimits } from "./limits.ts";
import { lower } from "./lowered.ts";

const { network } = dartsConv.supernet(
  { kind: "image", input: [16, 16, 3], classes: 10 },
  { channels: 4, cells: 3, nodes: 2 },
);
if (!network) throw new Error("darts-conv must give its network as data");
const plan = compile(network, 16, { keep: "all" });
const software = lower(plan, { team: 4, software: true });
const hardware = lower(plan, { team: 64, software: false });
const count = (lowered: typeof software, wanted: Wanted): number =>
  choose(lowered, select(plan, wanted)).launches.length;
const plenty = {
  maxStorageBufferBindingSize: 2 ** 30,
  maxBufferSize: 2 ** 30,
  maxComputeWorkgroupsPerDimension: 65535,
};

describe("a lowered plan", () => {
  it("needs few dispatches a w step, and fewer for less", () => {
    expect(count(hardware, "weights")).toBeLessThanOrEqual(165);
    expect(count(software, "weights")).toBeLessThanOrEqual(260);
    for (const lowered of [hardware, software]) {
      expect(count(lowered, "mixture")).toBeLessThan(0.85 * count(lowered, "both"));
      expect(count(lowered, "none")).toBeLessThan(0.5 * count(lowered, "both"));
    }
  });

  it("runs every call of the plan exactly once", () => {
    const { launches } = choose(software, select(plan, "both"));
    const ops = launches.flatMap(({ dispatch }) =>
      dispatch.chains.flat().flatMap(({ op }) => op ?? []),
    );
    const all = [...plan.forward, ...plan.backward].flat(2);
    expect(ops).toHaveLength(all.length);
    expect(new Set(ops)).toEqual(new Set(all));
  });

  it("fits the limits that WebGPU guarantees", () => {
    const guaranteed = {
      ...plenty,
      maxStorageBufferBindingSize: 2 ** 27,
      maxBufferSize: 2 ** 28,
    };
    expect(() => checkLimits(software, guaranteed)).not.toThrow();
  });

  it("is refused where it does not fit, with the limit's name", () => {
    expect(() =>
      checkLimits(software, { ...plenty, maxStorageBufferBindingSize: 2 ** 20 }),
    ).toThrow(
      /needs a buffer of \d+ bytes on WebGPU; this device's maxStorageBufferBindingSize is 1048576/,
    );
    expect(() => checkLimits(software, { ...plenty, maxBufferSize: 1000 })).toThrow(
      "maxBufferSize",
    );
    expect(() =>
      checkLimits(software, { ...plenty, maxComputeWorkgroupsPerDimension: 100 }),
    ).toThrow(/workgroups for .*; this device's maxComputeWorkgroupsPerDimension is 100/);
  });

  it("keeps less where a device has room for less", () => {
    const all = compileFor(plenty, network, 16);
    const less = compileFor(
      { ...plenty, maxStorageBufferBindingSize: 4 * all.floats - 4 },
      network,
      16,
    );
    expect(all.floats).toBe(plan.floats);
    expect(less.floats).toBeLessThan(all.floats);
  });
});
