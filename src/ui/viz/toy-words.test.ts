/** @file The sentences about the toy say what the numbers say, and the maps shade the side that grows. */
import { describe, expect, it } from "vitest";
import type { SgdSpec } from "../../protocol/spec.ts";
import { toyEnd } from "./toy-end.ts";
import { divergingPath } from "./toy-pad.ts";
import { toyWords } from "./toy-words.ts";

const at = (lr: number, decay = 0): SgdSpec => ({
  kind: "sgd",
  lr,
  lrFloor: lr,
  momentum: 0,
  decay,
  clip: 0,
});
const words = (method: string, hyper: Readonly<Record<string, number>>, spec = at(0.05)) => {
  const rules = { method, hyper, optimizers: { weights: spec, alpha: spec } };
  return toyWords(rules, toyEnd(rules));
};

describe("words", () => {
  it.each([
    ["darts", { xi: 0 }, "First order", "(2,\u00a02)"],
    ["darts", { xi: 0.25 }, "only part", "(1.333,\u00a01.333)"],
    ["darts", { xi: 0.5 }, "exact", "on the optimum"],
    ["darts", { xi: 1 }, "too far", "(0.667,\u00a00.667)"],
    ["milenas", { lambda: 3 }, "first-order DARTS", "(2,\u00a02)"],
    ["rarts", { lambda: 10, beta: 10 }, "reconstructed", "(1.081,\u00a01.027)"],
    ["rarts", { lambda: 1, beta: 1 }, "farther off than first-order", "(4,\u00a02)"],
    ["rarts", { lambda: 0.5, beta: 0.5 }, "saddle", "every step size"],
  ] as const)("%s %j: %s", (method, hyper, reason, where) => {
    const { text } = words(method, hyper);
    expect(text).toContain(reason);
    expect(text).toContain(where);
  });
  it("advise what mends the end, and nothing once it is mended", () => {
    expect(words("darts", { xi: 0 }).advice).toMatchObject({ name: "xi", value: 0.5 });
    expect(words("darts", { xi: 0.5 }).advice).toBeUndefined();
    expect(words("rarts", { lambda: 10, beta: 10 }).advice).toMatchObject({ value: 20 });
    expect(words("rarts", { lambda: 10, beta: 20 }).advice).toBeUndefined();
  });
  it("say that too large steps diverge, and what decay does", () => {
    expect(words("darts", { xi: 0 }, at(0.9)).text).toMatch(/^Diverges/);
    expect(words("darts", { xi: 0 }, at(0.05, 0.1)).text).toContain("decay");
  });
});

it("a map shades exactly the half in which steps grow", () => {
  const xs = (path: string) => [...path.matchAll(/([\d.]+),/g)].map(([, x]) => Number(x));
  const right = xs(divergingPath((x) => (x > 0.5 ? 1.2 : 0.9), 200, 100));
  expect(Math.min(...right)).toBeGreaterThan(97);
  expect(Math.min(...right)).toBeLessThan(103);
  expect(Math.max(...right)).toBeCloseTo(200, 0);
  expect(divergingPath(() => 0.9, 200, 100)).toBe("");
});
