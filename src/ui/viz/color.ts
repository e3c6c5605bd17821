/** @file Colour, badge and dash of every candidate op, chosen once per set of ops, for both themes. */
import { hcl } from "d3";

/** How one op looks. Hue is its family, lightness its kernel; the badge says it without colour. */
export interface OpStyle {
  readonly op: string;
  /** Two characters, unique within its set of ops. */
  readonly badge: string;
  /** On white, `#RRGGBB`, at least 3:1. */
  readonly light: string;
  /** On #12161C, `#RRGGBB`, at least 3:1. */
  readonly dark: string;
  /** Stroke dashes in px, empty for a solid line. */
  readonly dash: readonly number[];
  /** True where the line is drawn as two. */
  readonly double: boolean;
}

const style = (
  op: string,
  badge: string,
  light: string,
  dark: string,
  dash: readonly number[] = [],
  double = false,
): OpStyle => ({ op, badge, light, dark, dash, double });

/**
 * The ops of DARTS, in its order. Found by a search in OKLCH that maximised the smallest CIEDE2000 distance over normal,
 * protan, deutan and tritan sight (Machado 2009, severity 1) at 3:1 to each ground; `color.test.ts` recomputes both.
 */
export const dartsOps: readonly OpStyle[] = [
  style("none", "∅", "#787878", "#6F6D69", [1, 6]),
  style("max_pool_3x3", "M3", "#1000BF", "#5E6B9D", [10, 4]),
  style("avg_pool_3x3", "A3", "#276E94", "#609EA5", [5, 4]),
  style("skip_connect", "ID", "#B94801", "#FD7613", [], true),
  style("sep_conv_3x3", "S3", "#54A56A", "#DAFFC3"),
  style("sep_conv_5x5", "S5", "#22462E", "#9EB08F"),
  style("dil_conv_3x3", "D3", "#ED4AF8", "#F9CBF9", [12, 4, 2, 4]),
  style("dil_conv_5x5", "D5", "#651A4E", "#C56EFF", [12, 4, 2, 4]),
];

/** Other papers' names for an op of the table. */
const aliases: Readonly<Record<string, string>> = { identity: "skip_connect" };
/** Plain convolutions look like separable ones of their size where these are not offered beside them: darker is larger. */
const preferred: Readonly<Record<string, string>> = { nor_conv_1x1: "S3", nor_conv_3x3: "S5" };
/** The order in which ops outside the table take colours that their own set leaves free. */
const spare = ["S3", "S5", "M3", "D3", "A3", "D5"];

/**
 * Styles of one space's ops, in the order given. Ops of the table keep their own; others take colours of the table that
 * no op here uses, so that the distances it guarantees still hold, and beyond those a hue a golden angle further on.
 */
export function opStyles(ops: readonly string[]): readonly OpStyle[] {
  const known = (op: string) => dartsOps.find((s) => s.op === (aliases[op] ?? op));
  const taken = new Set(ops.flatMap((op) => known(op)?.badge ?? []));
  const free = spare.filter((badge) => !taken.has(badge));
  let further = 0;
  return ops.map((op) => {
    const own = known(op);
    if (own) return { ...own, op };
    const badge = freshBadge(op, taken);
    taken.add(badge);
    const [next] = free.splice(Math.max(0, free.indexOf(preferred[op] ?? "")), 1);
    const slot = dartsOps.find((s) => s.badge === next);
    if (slot) return { ...slot, op, badge, double: false };
    const hue = (137.5 * further++) % 360;
    return style(op, badge, hexOf(hue, 45), hexOf(hue, 72));
  });
}

const hexOf = (hue: number, lightness: number) => hcl(hue, 45, lightness).formatHex().toUpperCase();

/** Initial and kernel of `nor_conv_3x3`, first two letters of `tanh`; the next free pair on a collision. */
function freshBadge(op: string, taken: ReadonlySet<string>): string {
  const initial = (op[0] ?? "?").toUpperCase();
  const seconds = [...(op.match(/\d/)?.[0] ?? ""), ...op.slice(1).toUpperCase(), ..."123456789"];
  const second = seconds.find((s) => /[A-Z0-9]/.test(s) && !taken.has(initial + s));
  return initial + (second ?? "");
}

/** A colour that follows `color-scheme`. */
const themed = (light: string, dark: string) => `light-dark(${light}, ${dark})`;
/** The op's colour in the theme of the element it is used on. */
export const opColor = ({ light, dark }: OpStyle) => themed(light, dark);
/** Black or white, whichever reads better on the op's colour: at least 4.5:1. */
export const opInk = ({ light, dark }: OpStyle) => themed(inkOn(light), inkOn(dark));

/** Black or white, whichever reads better on `#RRGGBB`. */
export const inkOn = (ground: string) =>
  contrast(ground, "#000000") > contrast(ground, "#FFFFFF") ? "#000000" : "#FFFFFF";

/** WCAG 2.2 contrast ratio of two `#RRGGBB` colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r, g, b] = linearRgb(hex);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** Linear-light red, green and blue of `#RRGGBB`, each 0 to 1. */
export function linearRgb(hex: string): readonly [number, number, number] {
  const channel = (at: number) => {
    const v = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}
