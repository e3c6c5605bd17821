import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { testCatalog as catalog } from "../../../test/support/fake-engine.ts";
import type { Hyper, HyperField, HyperSpec } from "../../protocol/spec.ts";
import { encodeDigest } from "../viz/digest.ts";
import { methodsFor, optimizerFields } from "./lanes.ts";
import { decodeLink, encodeLink } from "./link.ts";
import { isLink } from "./link-version.ts";
import { repairSettings } from "./repair-settings.ts";
import type { LaneSettings, Settings } from "./settings.ts";
import { stopRulesFor } from "./stop-wish.ts";
import { maxLanes } from "./view.ts";

const decode = (hash: string) => decodeLink(catalog, hash);

/** Some fields of a spec with values that it allows, none of them its default. */
function hyperIn(spec: HyperSpec, defaults: Readonly<Record<string, number>> = {}) {
  const entries = Object.entries<HyperField>(spec).map(
    ([name, { min, max, scale, default: d }]) => {
      const whole = scale === "integer" || scale === "switch";
      const value = whole
        ? fc.integer({ min, max })
        : fc.double({ min, max, noNaN: true }).map((v) => (v === 0 ? 0 : v));
      return [name, value.filter((v) => v !== (defaults[name] ?? d))] as const;
    },
  );
  return fc.record(Object.fromEntries(entries), { requiredKeys: [] }) as fc.Arbitrary<Hyper>;
}
const settings: fc.Arbitrary<Settings> = fc.constantFrom(...catalog.presets).chain((preset) => {
  const space = catalog.spaces.find((s) => s.id === preset.settings.space);
  const task = catalog.tasks.find((t) => t.id === preset.settings.task);
  const rules = stopRulesFor(catalog, preset).map(({ id }) => id);
  const some = fc.record({
    rules: fc.subarray(rules, { minLength: Math.min(1, rules.length) }),
    ends: fc.boolean(),
  });
  const reached = fc.uint8Array({ minLength: 40, maxLength: 40 }).map(digestFrom);
  const lane = fc.constantFrom(...methodsFor(catalog, preset)).chain((method) => {
    const own: fc.Arbitrary<LaneSettings> = fc.record({
      method: fc.constant(method.id),
      hyper: hyperIn(method.hyper, preset.hyper[method.id]),
      optimizers: fc.record({
        weights: hyperIn(optimizerFields(catalog, preset, "weights")),
        alpha: hyperIn(optimizerFields(catalog, preset, "alpha")),
      }),
    });
    const done = fc.tuple(own, reached).map(([settings, r]) => ({ ...settings, reached: r }));
    if (rules.length === 0 || method.trainsGenotype) return fc.oneof(own, done);
    const watched = fc.tuple(own, some).map(([settings, stop]) => ({ ...settings, stop }));
    return fc.oneof(own, watched, done);
  });
  const plain = fc.record({
    setup: fc.record({
      preset: fc.constant(preset.id),
      seed: fc.integer({ min: 0, max: 2 ** 32 - 1 }),
      spaceHyper: hyperIn(space?.hyper ?? {}, preset.settings.spaceHyper),
      taskHyper: hyperIn(task?.hyper ?? {}, preset.settings.taskHyper),
    }),
    rate: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
    lanes: fc.array(lane, { minLength: 1, maxLength: 2 }),
  });
  const maker = fc.record({
    app: fc.constantFrom("0.1.0", "development", "1.22.0-rc.1"),
    backend: fc.constantFrom(...(["webgpu", "webgl", "wasm", "cpu"] as const)),
  });
  return fc.oneof(
    plain,
    fc.tuple(plain, maker).map(([found, by]) => ({ ...found, by })),
  );
});
/** The text of some digest, from any bytes. */
function digestFrom(bytes: Uint8Array): string {
  const [first = 0, ...rest] = bytes;
  return encodeDigest({
    steps: 1 + first,
    alpha: [...rest.slice(0, 7), new DataView(bytes.buffer, bytes.byteOffset).getUint32(8)],
    decisions: rest.slice(12, 20),
    choice: first * 65_537,
    sums: rest.slice(20, 24).map((n) => n / 64),
  });
}
/** Valid: repairing finds nothing to repair. */
const expectValid = (found: Settings) =>
  expect(repairSettings(catalog, JSON.parse(JSON.stringify(found)))).toEqual({
    settings: found,
    repairs: [],
  });

describe("a link", () => {
  it("is read back as what was written, without a repair", () => {
    fc.assert(
      fc.property(settings, (wanted) => {
        expect(decode(encodeLink(wanted))).toEqual({ settings: wanted, repairs: [] });
      }),
    );
  });
  it("is written again as it was read", () => {
    fc.assert(
      fc.property(settings, (wanted) => {
        const link = encodeLink(wanted);
        expect(encodeLink(decode(link).settings)).toBe(link);
      }),
    );
  });
  it("stays short: 400 characters for two lanes with a few changes", () => {
    const [preset] = catalog.presets.filter((p) => p.id === "tiny");
    const lane = { hyper: { xi: 0.5 }, optimizers: { weights: { lr: 0.1 }, alpha: { lr: 0.003 } } };
    const reached = (seed: number) =>
      digestFrom(
        Uint8Array.from({ length: 40 }, (_, i) => (seed * (i + 3) * 2_654_435_761) >>> 13),
      );
    const link = encodeLink({
      setup: { preset: preset?.id ?? "", seed: 4242, spaceHyper: { cells: 5 }, taskHyper: {} },
      rate: 8,
      lanes: [
        { method: "darts", ...lane, reached: reached(7) },
        { method: "rarts", ...lane, hyper: { lambda: 20 }, reached: reached(11) },
      ],
      by: { app: "0.1.0", backend: "webgpu" },
    });
    expect(link.length).toBeLessThan(400);
  });
  it("gives a valid state and says so, whatever is written in it", () => {
    const anything = fc.oneof(
      fc.string({ maxLength: 300 }).map((text) => `#1${text}`),
      fc.base64String({ maxLength: 300 }).map((text) => `#1${text}`),
      fc.string({ maxLength: 300 }),
      settings.chain((wanted) => mutated(encodeLink(wanted))),
    );
    fc.assert(
      fc.property(anything, (hash) => {
        const found = decode(hash);
        expectValid(found.settings);
      }),
      { numRuns: 10_000, seed: 5 },
    );
  });
  it("repairs any settings at all, and tells every repair", () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), settings.chain(withHoles)), (given) => {
        const { settings: found, repairs } = repairSettings(catalog, given);
        expectValid(found);
        if (repairs.length === 0 && given !== null && typeof given === "object") {
          // Nothing was said, so nothing may have been changed but defaults left out.
          const again = repairSettings(catalog, JSON.parse(JSON.stringify(given)));
          expect(again.settings).toEqual(found);
        }
      }),
      { numRuns: 3000, seed: 6 },
    );
  });
  it("names what it clamped, rounded, did not know or could not offer", () => {
    const { settings: found, repairs } = repairSettings(catalog, {
      setup: { preset: "toy", seed: -3, spaceHyper: { alpha0: 99, depth: 2 }, tasks: 1 },
      lanes: [
        { method: "edas" },
        { method: "rarts", hyper: { warmup: 1.4, lambda: "much" } },
        ...Array.from({ length: maxLanes - 1 }, () => ({ method: "darts" })),
      ],
    });
    expect(found.lanes).toHaveLength(maxLanes);
    expect(found.setup.seed).toBe(0);
    expect(found.setup.spaceHyper).toEqual({ alpha0: 10 });
    expect(repairs).toContain(`${maxLanes + 1} lanes: only the first ${maxLanes} are shown.`);
    const others = repairs.filter((repair) => !repair.includes("only the first"));
    expect(others.join("\n")).toMatchInlineSnapshot(`
      "Unknown entry "tasks" is left out.
      Seed: -3 is not a whole number within 0 … 4294967295; 0 is used.
      Unknown entry "depth" is left out.
      Start α: 99 is not within -10 … 10; 10 is used.
      Lane A, method "edas" is not offered here; darts is used.
      Lane B, Warm-up: 1.4 is not a whole number within 0 … 10; 1 is used.
      Lane B, Weight λ: "much" is no number; 10 is used."
    `);
  });
  it("names stop rules that are not offered, out of order or half said", () => {
    const read = (preset: string, stop: unknown) => {
      const { settings: found, repairs } = repairSettings(catalog, {
        setup: { preset },
        lanes: [{ method: "darts", stop }],
      });
      return [found.lanes[0]?.stop, ...repairs];
    };
    expect(read("tiny", { rules: ["skips"], ends: true })).toEqual([
      { rules: ["skips"], ends: true },
    ]);
    expect(read("tiny", { rules: ["ranking", "luck", "skips"] })).toEqual([
      { rules: ["skips", "ranking"], ends: false },
      'Lane A, stop rules ["ranking","luck","skips"]: here are skips, ranking; skips, ranking will watch.',
      "Lane A, stop rules: whether a flag ends the run is not said; it does not.",
    ]);
    expect(read("tiny", { rules: ["ranking", "skips"], ends: false })).toEqual([
      { rules: ["skips", "ranking"], ends: false },
      "Lane A, stop rules are put in order: skips, ranking.",
    ]);
    expect(read("toy", { rules: ["skips"], ends: true })).toEqual([
      undefined,
      'Lane A, stop rules ["skips"]: here are none; none will watch.',
    ]);
    expect(read("tiny", "skips")).toEqual([
      undefined,
      "Lane A, stop rules were not readable; none watches.",
    ]);
  });
  it("leaves out what was not reached by any run, and who is no maker", () => {
    const { settings: found, repairs } = repairSettings(catalog, {
      setup: { preset: "toy" },
      lanes: [{ method: "darts", reached: "AQ" }],
      by: { app: "<b>", backend: "abacus" },
    });
    expect(found).not.toHaveProperty("by");
    expect(found.lanes[0]).not.toHaveProperty("reached");
    expect(repairs).toEqual([
      'Lane A, what its run had come to cannot be read: "AQ"; it is left out.',
      'Who made the link cannot be read: {"app":"<b>","backend":"abacus"}; it is left out.',
    ]);
  });
  it("refuses what is too long, of another version, or a bomb, and says why", () => {
    expect(decode(`#1${"A".repeat(20_000)}`).repairs.join()).toContain("20001 characters long");
    expect(decode("#9abc").repairs).toEqual([
      "The link could not be read: its version is 9; this page reads version 1.",
    ]);
    const bomb = encodeLink({
      setup: { preset: " ".repeat(8_000_000), seed: 1, spaceHyper: {}, taskHyper: {} },
      rate: undefined,
      lanes: [],
    });
    expect(bomb.length).toBeLessThan(16_384);
    expect(decode(bomb).repairs).toEqual(["The link could not be read: it is damaged or cut off."]);
  });
  it("is none if it is a place on the page", () => {
    expect(["#stage", "", "#"].map(isLink)).toEqual([false, false, false]);
    expect(isLink(encodeLink(repairSettings(catalog, {}).settings))).toBe(true);
  });
});

/** One character changed, cut out, doubled, or everything behind it gone. */
const mutated = (link: string) =>
  fc
    .tuple(
      fc.nat(Math.max(0, link.length - 1)),
      fc.nat(3),
      fc.string({ minLength: 1, maxLength: 1 }),
    )
    .map(([at, how, char]) => {
      if (how === 0) return `#1${link.slice(2, at)}${char}${link.slice(at + 1)}`;
      if (how === 1) return link.slice(0, at) + link.slice(at + 1);
      if (how === 2) return link.slice(0, at) + link.slice(at).repeat(2);
      return link.slice(0, at);
    });
/** The same settings with something else in one place. */
const withHoles = (whole: Settings) =>
  fc
    .tuple(fc.constantFrom("setup", "lanes", "rate", "other"), fc.jsonValue())
    .map(([key, value]) => ({ ...JSON.parse(JSON.stringify(whole)), [key]: value }));
