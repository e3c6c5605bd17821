/** @file A lane's stop rules on their way into specs, settings and back. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { testCatalog as catalog } from "../../../test/support/fake-engine.ts";
import type { RunSpec, StopSpec } from "../../protocol/spec.ts";
import { isSpec } from "./checks.ts";
import { type Lane, methodsFor, specOf, waiting, wishesOf } from "./lanes.ts";
import { lanesOf, settingsOf } from "./settings.ts";
import { withStopRule } from "./stop-wish.ts";
import { createView } from "./view.ts";

const laneWith = (method: string, stop: StopSpec | undefined): Lane => ({
  ...{ id: "A", letter: "A", runId: undefined, method, hyper: {}, stepsAsked: 0 },
  optimizers: { weights: {}, alpha: {} },
  stop,
});
const setupOf = (preset: string) => ({ preset, seed: 1, spaceHyper: {}, taskHyper: {} });
const specFor = (preset: string, lane: Lane): RunSpec =>
  specOf(catalog, setupOf(preset), lane, "wasm") as RunSpec;
/** Any rules in any order, whether they are offered or not. */
const wishes = fc.record({
  rules: fc.subarray(["ranking", "luck", "skips"]),
  ends: fc.boolean(),
});

it("asks for the same rules after a save, a link and a run file, whatever was wished", () => {
  const presets = fc.constantFrom(...catalog.presets);
  fc.assert(
    fc.property(presets, wishes, fc.nat(), (preset, stop, pick) => {
      const methods = methodsFor(catalog, preset);
      const { id } = methods[pick % methods.length] as (typeof methods)[number];
      const lane = laneWith(id, stop);
      const spec = specFor(preset.id, lane);
      expect(isSpec(spec)).toBe(true);
      const view = { ...createView().getState(), setup: setupOf(preset.id), lanes: [lane] };
      const [again] = lanesOf(settingsOf(catalog, view));
      expect(specFor(preset.id, again as Lane).stop).toEqual(spec.stop);
      const shown = { ...lane, ...wishesOf(lane, spec) };
      expect(specFor(preset.id, shown).stop).toEqual(spec.stop);
      expect(waiting(catalog, spec, specFor(preset.id, shown))).toEqual([]);
    }),
  );
});
it("asks for those that the space offers, in the catalog's order", () => {
  const all = { rules: ["ranking", "luck", "skips"], ends: true };
  expect(specFor("tiny", laneWith("darts", all)).stop).toEqual({
    rules: ["skips", "ranking"],
    ends: true,
  });
  expect(specFor("toy", laneWith("darts", all))).not.toHaveProperty("stop");
});
it("waits for a Reset until the run has them", () => {
  const [without, watched] = [undefined, withStopRule(undefined, "skips", true)].map((stop) =>
    specFor("tiny", laneWith("darts", stop)),
  ) as [RunSpec, RunSpec];
  expect(watched.stop).toEqual({ rules: ["skips"], ends: false });
  expect(waiting(catalog, without, watched)).toEqual(["Stop rules"]);
  const ends = specFor("tiny", laneWith("darts", { rules: ["skips"], ends: true }));
  expect(waiting(catalog, watched, ends)).toEqual(["Stop rules"]);
});
it("is no wish any more once the last rule is taken away", () => {
  const two = withStopRule({ rules: ["skips"], ends: true }, "ranking", true);
  expect(two).toEqual({ rules: ["skips", "ranking"], ends: true });
  expect(withStopRule(withStopRule(two, "skips", false), "ranking", false)).toBeUndefined();
});
it.each([{ rules: "skips", ends: true }, { rules: [1], ends: true }, { rules: [] }, 3])(
  "no spec of a file has %j",
  (stop) => {
    expect(isSpec({ ...specFor("tiny", laneWith("darts", undefined)), stop })).toBe(false);
  },
);
