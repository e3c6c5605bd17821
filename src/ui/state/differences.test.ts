/** @file Differences between lanes are found where they are, and gone once made equal. */
import { describe, expect, it } from "vitest";
import { testCatalog } from "../../../test/support/fake-engine.ts";
import { differencesOf, likeLane } from "./differences.ts";
import type { Lane } from "./lanes.ts";

const preset = testCatalog.presets[1] as (typeof testCatalog.presets)[number];
const lane = (letter: string, method: string, over: Partial<Lane> = {}): Lane => ({
  id: letter,
  letter,
  runId: undefined,
  method,
  hyper: {},
  optimizers: { weights: {}, alpha: {} },
  stepsAsked: 0,
  ...over,
});

describe("differences between lanes", () => {
  it("are none for untouched lanes, whatever their methods", () => {
    expect(differencesOf(testCatalog, preset, [lane("A", "darts"), lane("B", "rarts")])).toEqual(
      [],
    );
  });
  it("name the setting and each lane's value", () => {
    const b = lane("B", "darts", {
      hyper: { darts: { xi: 0.5 } },
      optimizers: { weights: { lr: 0.1 }, alpha: {} },
    });
    const found = differencesOf(testCatalog, preset, [lane("A", "darts"), b]);
    expect(found.map(({ label }) => label)).toEqual(["Learning rate of w", "Look-ahead ξ"]);
    expect(found[1]?.values).toEqual([
      { letter: "A", value: 0 },
      { letter: "B", value: 0.5 },
    ]);
  });
  it("are gone once a lane is like the other", () => {
    const a = lane("A", "darts", { optimizers: { weights: {}, alpha: { lr: 0.01 } } });
    const b = lane("B", "darts", { hyper: { darts: { xi: 0.5 } } });
    expect(differencesOf(testCatalog, preset, [a, b])).toHaveLength(2);
    expect(differencesOf(testCatalog, preset, [a, likeLane(b, a)])).toEqual([]);
  });
});
