/** @file What the page draws of the toy by formula, against the engine: single steps, paths, rings, the diverging region. */
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { catalog } from "../src/engine/index.ts";
import type { RunSpec, SgdSpec } from "../src/protocol/spec.ts";
import { toyEnd } from "../src/ui/viz/toy-end.ts";
import { predict, spectralRadius, toyMap } from "../src/ui/viz/toy-map.ts";
import { startAt, type ToyPoint, type ToyRules, toyStepper } from "../src/ui/viz/toy-step.ts";
import { make, plainSgd, registry, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

interface Settings {
  readonly method: string;
  readonly hyper: RunSpec["hyper"];
  readonly weights?: Partial<SgdSpec>;
  readonly alpha?: Partial<SgdSpec>;
}
const rulesOf = ({ method, hyper, weights, alpha }: Settings, lr = 0.05): ToyRules => ({
  method,
  hyper,
  optimizers: {
    weights: { ...plainSgd(lr), ...weights },
    alpha: { ...plainSgd(lr), ...alpha },
  },
});
const stepperOf = (rules: ToyRules) => {
  const step = toyStepper(rules);
  if (typeof step === "string") throw new Error(step);
  return step;
};
/** The engine's states after each step; shorter if it gets far away. */
async function engineStates(rules: ToyRules, steps: number, from: ToyPoint, of = steps) {
  using run = await make({
    ...specOf(rules.method, "toy", "toy"),
    steps: of,
    hyper: rules.hyper,
    spaceHyper: { alpha0: from.alpha, w0: from.w },
    weightOptimizer: rules.optimizers.weights,
    alphaOptimizer: rules.optimizers.alpha,
  });
  const states: { alpha: number; w: number; y: number }[] = [];
  while (states.length < steps) {
    const { records } = await run.step(Math.min(20, steps - states.length));
    for (const { values = {} } of records) {
      const { alpha = Number.NaN, w = Number.NaN } = values;
      states.push({ alpha, w, y: values["y"] ?? w });
    }
    if (Math.abs(states.at(-1)?.alpha ?? 0) > 1e5) break;
  }
  return states;
}

const everySetting: readonly (readonly [string, Settings])[] = [
  ["first-order DARTS", { method: "darts", hyper: { xi: 0 } }],
  ["second-order DARTS", { method: "darts", hyper: { xi: 0.3 } }],
  [
    "tied DARTS, annealed",
    { method: "darts", hyper: { xi: 0, tied: 1 }, weights: { lrFloor: 0.01 } },
  ],
  [
    "DARTS that looks ahead with momentum",
    { method: "darts", hyper: { xi: 0.2, momentum: 1 }, weights: { momentum: 0.5, decay: 0.1 } },
  ],
  ["clipped DARTS", { method: "darts", hyper: { xi: 0 }, weights: { clip: 1 } }],
  ["RARTS", { method: "rarts", hyper: { lambda: 5, beta: 8 } }],
  [
    "RARTS that reuses gradients",
    { method: "rarts", hyper: { lambda: 3, beta: 4, reuseGradients: 1 } },
  ],
  ["RARTS that doubles", { method: "rarts", hyper: { lambda: 1, beta: 2, doubleEvery: 15 } }],
  [
    "RARTS with momentum, decay and clip",
    {
      method: "rarts",
      hyper: { lambda: 3, beta: 4 },
      weights: { momentum: 0.3, decay: 0.05, clip: 4 },
      alpha: { momentum: 0.2, decay: 0.02 },
    },
  ],
  ["MiLeNAS", { method: "milenas", hyper: { lambda: 0.7 } }],
];
/** Whatever the engine's methods let one switch on the toy, each switch alone. */
const everySwitch = catalog(registry)
  .methods.filter(({ spaces }) => spaces.includes("toy"))
  .flatMap(({ id, hyper }) => {
    const base = Object.fromEntries(Object.entries(hyper).map(([k, f]) => [k, f.default]));
    const start = id === "darts" ? { ...base, xi: 0.3 } : base;
    const switches = Object.entries(hyper).filter(([, { scale }]) => scale === "switch");
    return [
      [`${id} as it comes`, { method: id, hyper: start }] as const,
      ...switches.map(
        ([name, { label }]) =>
          [
            `${id}, ${label}`,
            { method: id, hyper: { ...start, [name]: 1 }, weights: { momentum: 0.4 } },
          ] as const,
      ),
    ];
  });

describe("what is drawn as predicted is what the engine does", () => {
  it("covers every method of the toy", () => {
    expect(everySwitch.length).toBeGreaterThan(6);
  });
  it.each([...everySetting, ...everySwitch])("%s: forty steps", async (_, settings) => {
    const rules = rulesOf(settings);
    const from = startAt(-1.5, 2.5);
    const engine = await engineStates(rules, 40, from);
    const path = predict(stepperOf(rules), from, { step: 0, of: 40 }, 40).slice(1);
    expect(path).toHaveLength(40);
    // The engine counts in 32 bits, and takes the second derivative as a difference (eq. 8).
    for (const [k, { alpha, w, y }] of engine.entries()) {
      expect(alpha, `α after step ${k + 1}`).toBeCloseTo(path[k]?.alpha ?? Number.NaN, 3);
      expect(w, `w after step ${k + 1}`).toBeCloseTo(path[k]?.w ?? Number.NaN, 3);
      expect(y, `y after step ${k + 1}`).toBeCloseTo(path[k]?.y ?? Number.NaN, 3);
    }
  });

  it.each(everySetting)("%s: an arrow of the field is a single step", async (_, settings) => {
    const rules = rulesOf(settings);
    const step = stepperOf(rules);
    for (const [alpha, w] of [
      [3, -1],
      [-2, -2],
      [0.5, 4],
    ] as const) {
      const [engine] = await engineStates(rules, 1, startAt(alpha, w), 40);
      const drawn = step(startAt(alpha, w), { step: 0, of: 40 });
      expect(engine?.alpha).toBeCloseTo(drawn.alpha, 3);
      expect(engine?.w).toBeCloseTo(drawn.w, 3);
      expect(engine?.y).toBeCloseTo(drawn.y, 3);
    }
  });
});

describe("a ring is where the engine ends", () => {
  it.each([
    ["DARTS", { method: "darts", hyper: { xi: 0.25 } }],
    ["RARTS", { method: "rarts", hyper: { lambda: 10, beta: 20 } }],
    ["MiLeNAS", { method: "milenas", hyper: { lambda: 1 } }],
    [
      "DARTS with decay and momentum",
      {
        method: "darts",
        hyper: { xi: 0.5 },
        weights: { decay: 0.2, momentum: 0.5 },
        alpha: { decay: 0.1 },
      },
    ],
  ] as const)("%s", async (_, settings) => {
    const rules = rulesOf(settings);
    const end = toyEnd(rules);
    if (end.kind === "none") throw new Error(end.reason);
    expect(end.radius).toBeLessThan(1);
    // Until a millionth of the way is left.
    const steps = Math.ceil(Math.log(1e-6) / Math.log(end.radius));
    const last = (await engineStates(rules, steps, startAt(2, -2))).at(-1);
    expect(last?.alpha).toBeCloseTo(end.alpha, 3);
    expect(last?.w).toBeCloseTo(end.w, 3);
    if (end.y !== undefined) expect(last?.y).toBeCloseTo(end.y, 3);
  });
});

describe("the diverging region is where the engine diverges", () => {
  const rates = [0.02, 0.08, 0.3, 0.7, 1.6];
  it.each([
    ["first-order DARTS", { method: "darts", hyper: { xi: 0 } }],
    ["second-order DARTS", { method: "darts", hyper: { xi: 0.8 } }],
    ["RARTS", { method: "rarts", hyper: { lambda: 2, beta: 4 } }],
    [
      "MiLeNAS with momentum",
      { method: "milenas", hyper: { lambda: 1 }, weights: { momentum: 0.5 } },
    ],
  ] as const)("%s, on a grid of both rates", async (_, settings) => {
    const seen = { shaded: 0, clear: 0 };
    for (const lrW of rates)
      for (const lrAlpha of rates) {
        const base = rulesOf(settings);
        const { weights, alpha } = base.optimizers;
        const rules: ToyRules = {
          ...base,
          optimizers: {
            weights: { ...weights, lr: lrW, lrFloor: lrW } as SgdSpec,
            alpha: { ...alpha, lr: lrAlpha, lrFloor: lrAlpha } as SgdSpec,
          },
        };
        const map = toyMap(rules);
        if (typeof map === "string") throw new Error(map);
        const radius = spectralRadius(map);
        // So near the edge two hundred steps do not tell.
        if (Math.abs(radius - 1) < 0.04) continue;
        const end = toyEnd(rules);
        if (end.kind === "none") throw new Error(end.reason);
        const states = await engineStates(rules, 200, startAt(2, -2));
        const away = (s: { alpha: number; w: number } | undefined) =>
          Math.hypot((s?.alpha ?? 0) - end.alpha, (s?.w ?? 0) - end.w);
        const last = away(states.at(-1));
        const text = `rates ${lrW} of w, ${lrAlpha} of α, radius ${radius}`;
        if (radius > 1) expect(last, text).toBeGreaterThan(100);
        else expect(last, text).toBeLessThan(0.5);
        seen[radius > 1 ? "shaded" : "clear"]++;
      }
    expect(seen.shaded).toBeGreaterThan(3);
    expect(seen.clear).toBeGreaterThan(3);
  });
});
