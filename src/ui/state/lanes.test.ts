/** @file What a lane's controls say of the settings that they stand for. */
import { expect, it } from "vitest";
import { testCatalog } from "../../../test/support/fake-engine.ts";
import type { Preset } from "../../protocol/spec.ts";
import { optimizerFields } from "./lanes.ts";

it("tells a rate that stays from one that falls, and whose it is", () => {
  const [toy] = testCatalog.presets as readonly [Preset];
  const { settings } = toy;
  const sgd = { kind: "sgd", lr: 0.1, lrFloor: 0.1, momentum: 0, decay: 0, clip: 0 } as const;
  const rateOf = (alphaOptimizer: Preset["settings"]["alphaOptimizer"]) =>
    optimizerFields(testCatalog, { ...toy, settings: { ...settings, alphaOptimizer } }, "alpha")[
      "lr"
    ];
  expect(rateOf(sgd)).toMatchObject({
    label: "Learning rate of α",
    help: "Step size of α, the same throughout.",
    default: 0.1,
  });
  const falling = rateOf({ ...sgd, lrFloor: 0.01 })?.help;
  expect(falling).toBe(testCatalog.optimizers.sgd["lr"]?.help);
  expect(falling).not.toContain("throughout");
});
