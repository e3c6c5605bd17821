/** @file The calls that the forward and the backward pass have in common, with what they read and write. */
import { at, type Geometry, type Place, type Planes, type Window } from "./geometry.ts";
import type { Arrival, Spec } from "./spec.ts";
import { type Argument, fixed, read, update, write } from "./workspace.ts";

/** A kernel and its arguments. */
export type Bound = readonly [spec: Spec, args: readonly Argument[]];
/** Where a gradient goes: these planes, replaced or added to, masked by a ReLU's planes if there are any. */
export interface Target {
  readonly planes: Planes;
  readonly add: boolean;
  readonly mask: Planes | undefined;
}
const nowhere = (like: Place): Argument => fixed({ block: like.block, offset: like.offset }, 0);
const arrival = ({ add, mask }: Target): Arrival => ({ add, masked: mask !== undefined });
const into = ({ planes, add }: Target): Argument => (add ? update(planes) : write(planes));
const maskOf = ({ mask, planes }: Target): Argument => (mask ? read(mask) : nowhere(planes));

export const depthwise = (x: Planes, w: Place, y: Planes, window: Window): Bound => [
  { kind: "depthwise", window },
  [read(x), fixed(w, 0), write(y)],
];
export const depthwiseBackInput = (dy: Planes, w: Place, to: Target, window: Window): Bound => [
  { kind: "depthwiseBackInput", window, ...arrival(to) },
  [read(dy), fixed(w, 0), into(to), maskOf(to)],
];
export const depthwiseBackWeight = (x: Planes, dy: Planes, dw: Place, window: Window): Bound => [
  { kind: "depthwiseBackWeight", window },
  [read(x), read(dy), write(dw, window.n * window.k ** 2)],
];
export const patches = (x: Planes, y: Planes, window: Window): Bound => [
  { kind: "patches", window },
  [read(x), write(y)],
];
export const patchesBack = (dy: Planes, to: Target, window: Window): Bound => [
  { kind: "patchesBack", window, ...arrival(to) },
  [read(dy), into(to), maskOf(to)],
];
/** y = W·x (+ bias). */
export const pointwise = (x: Planes, w: Place, y: Planes, bias?: Place): Bound => [
  {
    kind: "pointwise",
    out: y.n,
    in: x.n,
    outStride: x.n,
    inStride: 1,
    geo: y.geo,
    bias: bias !== undefined,
    add: false,
    masked: false,
  },
  [read(x), fixed(w, 0), write(y), nowhere(y), bias ? fixed(bias, 0) : nowhere(y)],
];
/** dx = Wᵀ·dy for the planes `from` … of an input of `columns` planes. */
export const pointwiseBackInput = (
  dy: Planes,
  w: Place,
  to: Target,
  from: number,
  columns: number,
): Bound => [
  {
    kind: "pointwise",
    out: to.planes.n,
    in: dy.n,
    outStride: 1,
    inStride: columns,
    geo: dy.geo,
    bias: false,
    ...arrival(to),
  },
  [read(dy), fixed(at(w, from), 0), into(to), maskOf(to)],
];
export const pointwiseBackWeight = (dy: Planes, x: Planes, dw: Place): Bound => [
  { kind: "pointwiseBackWeight", out: dy.n, in: x.n, geo: dy.geo },
  [read(dy), read(x), update(dw, dy.n * x.n)],
];
export const biasBack = (dy: Planes, db: Place): Bound => [
  { kind: "biasBack", n: dy.n, geo: dy.geo },
  [read(dy), write(db, dy.n)],
];
export const statistics = (y: Planes, st: Place): Bound => [
  { kind: "statistics", n: y.n, geo: y.geo },
  [read(y), write(st, 2 * y.n)],
];
/** Stores the norm, its ReLU, or both. */
export function normalise(
  y: Planes,
  st: Place,
  raw: Planes | undefined,
  relu: Planes | undefined,
  affine: { gamma: Place; beta: Place } | undefined,
): Bound {
  const unused = nowhere(y);
  return [
    {
      kind: "normalise",
      n: y.n,
      geo: y.geo,
      raw: raw !== undefined,
      relu: relu !== undefined,
      affine: affine !== undefined,
    },
    [
      read(y),
      read(st, 2 * y.n),
      raw ? write(raw) : unused,
      relu ? write(relu) : unused,
      ...(affine ? [fixed(affine.gamma, 0), fixed(affine.beta, 0)] : []),
    ],
  ];
}
/** `beta`: from γ's gradient to β's, in floats, if there are any. */
export const normaliseBack = (
  g: Planes,
  y: Planes,
  st: Place,
  scale: Place,
  dscale: Place,
  to: Target,
  beta?: number,
): Bound => [
  {
    kind: "normaliseBack",
    n: y.n,
    geo: y.geo,
    add: to.add,
    affine: beta !== undefined,
    beta: beta ?? 0,
  },
  [read(g), read(y), read(st, 2 * y.n), fixed(scale, 0), write(dscale, y.n), into(to)],
];
export const mix = (
  table: Place,
  coefficients: Place,
  terms: readonly { y: Planes; st: Place; statistics: boolean }[],
  raw: Planes | undefined,
  relu: Planes | undefined,
  n: number,
  geo: Geometry,
): Bound => [
  { kind: "mix", n, geo, raw: raw !== undefined, relu: relu !== undefined },
  [
    fixed(table, 0),
    write(coefficients, n * terms.length),
    raw ? write(raw) : nowhere(table),
    relu ? write(relu) : nowhere(table),
    // Not arguments of the kernel, which finds them in its table, but read all the same.
    ...terms.flatMap(({ y, st, statistics }) => [
      read(y),
      ...(statistics ? [read(st, 2 * n)] : []),
    ]),
  ],
];
export const dot = (g: Planes, y: Planes, sums: Place): Bound => [
  { kind: "dot", n: y.n, geo: y.geo },
  [read(g), read(y), write(sums, y.n)],
];
export const scale = (g: Planes, by: Place, to: Target): Bound => [
  { kind: "scale", n: g.n, geo: g.geo, ...arrival(to) },
  [read(g), fixed(by, 0), into(to), maskOf(to)],
];
