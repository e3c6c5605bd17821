/** @file Recomputes the promises of the palette: contrast to both grounds, and distance for every kind of sight. */
import { describe, expect, it } from "vitest";
import { contrast, dartsOps, linearRgb, opInk, opStyles } from "./color.ts";

type Triple = readonly [number, number, number];
/** Machado, Oliveira & Fernandes 2009, severity 1, on linear RGB. */
const sight: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};
const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** CIELAB (D65) of a colour as seen through a matrix on linear RGB. */
function lab(hex: string, [r, g, b]: readonly [Triple, Triple, Triple]): Triple {
  const clamp = (v: number) => Math.min(1, Math.max(0, v));
  const rgb = linearRgb(hex);
  const seen: Triple = [clamp(dot(r, rgb)), clamp(dot(g, rgb)), clamp(dot(b, rgb))];
  const f = (t: number) => (t > 216 / 24389 ? Math.cbrt(t) : ((24389 / 27) * t + 16) / 116);
  const x = f(dot([0.4124564, 0.3575761, 0.1804375], seen) / 0.95047);
  const y = f(dot([0.2126729, 0.7151522, 0.072175], seen));
  const z = f(dot([0.0193339, 0.119192, 0.9503041], seen) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const sin = (degrees: number) => Math.sin((degrees * Math.PI) / 180);
const cos = (degrees: number) => Math.cos((degrees * Math.PI) / 180);
const angle = (a: number, b: number) => ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360;

/** CIEDE2000 (Sharma, Wu & Dalal 2005). */
function deltaE([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const c7 = ((Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2) ** 7;
  const g = 1.5 - Math.sqrt(c7 / (c7 + 25 ** 7)) / 2;
  const [c1, c2] = [Math.hypot(a1 * g, b1), Math.hypot(a2 * g, b2)];
  const [h1, h2] = [angle(a1 * g, b1), angle(a2 * g, b2)];
  const turn = c1 * c2 === 0 ? 0 : ((h2 - h1 + 540) % 360) - 180;
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const h = c1 * c2 === 0 ? h1 + h2 : h1 + turn / 2;
  const t =
    1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.2 * cos(4 * h - 63);
  const dL = (l2 - l1) / (1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2));
  const dC = (c2 - c1) / (1 + 0.045 * c);
  const dH = (2 * Math.sqrt(c1 * c2) * sin(turn / 2)) / (1 + 0.015 * c * t);
  const bend = 30 * Math.exp(-(((((h + 360) % 360) - 275) / 25) ** 2));
  const rotation = -sin(2 * bend) * 2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7));
  return Math.sqrt(dL ** 2 + dC ** 2 + dH ** 2 + rotation * dC * dH);
}

const closest = (colors: readonly string[], kind: keyof typeof sight) =>
  Math.min(
    ...colors.flatMap((a, i) =>
      colors.slice(i + 1).map((b) => deltaE(lab(a, sight[kind]!), lab(b, sight[kind]!))),
    ),
  );

it("measures distance as published (Sharma's pairs 1, 7 and 25)", () => {
  expect(deltaE([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4);
  expect(deltaE([50, 0, 0], [50, -1, 2])).toBeCloseTo(2.3669, 4);
  expect(deltaE([60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387])).toBeCloseTo(1.2644, 4);
});

const spaces = {
  "DARTS cells": dartsOps.map((s) => s.op),
  "NAS-Bench-201": ["none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"],
  "skip or convolution": ["none", "skip_connect", "nor_conv_3x3"],
  "recurrent cells": ["none", "tanh", "relu", "sigmoid", "identity"],
};
describe.each(Object.entries(spaces))("the ops of %s", (_, ops) => {
  const styles = opStyles(ops);
  it.each([
    ["light", "#FFFFFF"],
    ["dark", "#12161C"],
  ] as const)("stand out and apart on %s", (theme, ground) => {
    const colors = styles.map((s) => s[theme]);
    for (const color of colors) expect(contrast(color, ground), color).toBeGreaterThanOrEqual(3);
    for (const kind of Object.keys(sight))
      expect(closest(colors, kind), kind).toBeGreaterThanOrEqual(16);
  });
  it("have badges of their own that can be read on their colours", () => {
    expect(new Set(styles.map((s) => s.badge)).size).toBe(ops.length);
    for (const s of styles) {
      const [light, dark] = opInk(s).match(/#\w{6}/g) as [string, string];
      expect(contrast(light, s.light)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(dark, s.dark)).toBeGreaterThanOrEqual(4.5);
    }
  });
});

it("gives an op the same look in every space that offers it", () => {
  const look = (set: readonly string[]) => opStyles(set).find((s) => s.op === "nor_conv_3x3");
  const [wide, narrow] = [spaces["NAS-Bench-201"], spaces["skip or convolution"]].map(look);
  expect(narrow).toEqual(wide);
  expect(narrow).toMatchObject({ badge: "N3", light: "#22462E", dark: "#9EB08F" });
});

it("reproduces the distances the palette was chosen by", () => {
  const rounded = (theme: "light" | "dark") =>
    Object.keys(sight).map(
      (kind) =>
        +closest(
          dartsOps.map((s) => s[theme]),
          kind,
        ).toFixed(1),
    );
  expect(rounded("light")).toEqual([19.0, 16.4, 16.6, 16.6]);
  expect(rounded("dark")).toEqual([19.0, 16.7, 17.0, 17.1]);
});

it("finds colours and badges for more ops than the table has", () => {
  const styles = opStyles([...spaces["DARTS cells"], "conv_1x7_7x1", "conv_3x1_1x3", "conv_1x1"]);
  for (const key of ["badge", "light", "dark"] as const)
    expect(new Set(styles.map((s) => s[key])).size).toBe(styles.length);
  for (const s of styles) {
    expect(contrast(s.light, "#FFFFFF")).toBeGreaterThanOrEqual(3);
    expect(contrast(s.dark, "#12161C")).toBeGreaterThanOrEqual(3);
  }
});
