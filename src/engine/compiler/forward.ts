/** @file What each kind of layer computes, as kernel calls. */
import type { Layer, Value } from "../network/network.ts";
import * as calls from "./calls.ts";
import { at, type Place, type Planes, slice, type Window } from "./geometry.ts";
import type { Part } from "./layout.ts";
import type { Values } from "./values.ts";
import { fixed, read, type TableRow, type Tag, write } from "./workspace.ts";

type Kind<K extends Layer["kind"]> = Extract<Layer, { kind: K }>;
/** One summand of a mixture kernel: statistics only where a norm is applied on the way. */
export interface Term {
  readonly y: Planes;
  readonly st?: Place;
  readonly scale: Place;
  readonly entry?: number;
}

/** The window of a convolution or pool. */
export function windowOf(values: Values, v: Value, k: number, d: number, s: 1 | 2): Window {
  const x = values.input(v);
  return { k, d, s, src: values.geometry(x), dst: values.geometry(v), n: values.channels(x) };
}

/** Σ scale · norm(y) for some planes, stored as it is, as its ReLU, or both. */
function sum(
  values: Values,
  terms: readonly Term[],
  to: { raw: Planes | undefined; relu: Planes | undefined },
  { from, n, key }: Part,
  tag: Tag,
): void {
  const { space } = values;
  const like = (to.raw ?? to.relu) as Planes;
  const rows: TableRow[] = terms.map(({ y, st, scale, entry }) => ({
    y: at(y, from * y.geo.pitch),
    st: st ? at(st, 2 * from) : space.identity,
    scale,
    ...(entry === undefined ? {} : { entry }),
  }));
  const read = terms.map(({ y, st }) => ({
    y: slice(y, from, n),
    st: st ? at(st, 2 * from) : space.identity,
    statistics: st !== undefined,
  }));
  const part = (p: Planes | undefined): Planes | undefined => p && slice(p, from, n);
  const coefficients = { block: space.block(n * Math.max(1, terms.length), false), offset: 0 };
  const bound = calls.mix(
    space.table(rows),
    coefficients,
    read,
    part(to.raw),
    part(to.relu),
    n,
    like.geo,
  );
  space.call(key, tag, ...bound);
}

/** Appends the calls of one layer of the forward pass. */
export function forward(values: Values, v: Value, alphaOf: (term: number) => Place): void {
  const layer = values.layer(v);
  const { space, layout } = values;
  const tag: Tag = { phase: "forward", layers: [v], serves: 0, leadsTo: [] };
  const parts = layout.parts[v] as readonly Part[];
  const stored = {
    raw: layout.raw[v] ? values.raw(v) : undefined,
    relu: layout.relu[v] ? values.relu(v) : undefined,
  };
  const key = (parts[0] as Part).key;
  switch (layer.kind) {
    case "input":
    case "relu":
      break;
    case "conv":
      convolve(values, v, layer, parts, tag);
      break;
    case "depthwise":
      for (const { from, n, key } of parts) {
        const window = windowOf(values, v, layer.kernel, layer.dilation, layer.stride);
        const w = at(values.weight(layer.weight), from * layer.kernel ** 2);
        const [x, y] = [slice(values.planes(layer.x), from, n), slice(values.raw(v), from, n)];
        space.call(key, tag, ...calls.depthwise(x, w, y, { ...window, n }));
      }
      break;
    case "pool":
      pool(values, v, layer, parts);
      break;
    case "norm":
      for (const part of parts) {
        const st = at(values.statistics(v), 2 * part.from);
        const y = slice(values.planes(layer.x), part.from, part.n);
        space.call(part.key, tag, ...calls.statistics(y, st));
        if (!layout.folded[v]) normalise(values, v, layer, y, part, tag, stored);
      }
      break;
    case "halve":
      for (const { from, n, key } of parts) {
        const [x, y] = [slice(values.planes(layer.x), from, n), slice(values.raw(v), from, n)];
        const sizes = { shift: layer.shift, src: x.geo, dst: y.geo, n };
        space.call(key, tag, { kind: "halve", ...sizes }, [read(x), write(y)]);
      }
      break;
    case "mix": {
      const terms = layer.terms.flatMap(({ value }, term): Term[] => {
        if (value === undefined) return [];
        const of = values.layer(value);
        const alpha = alphaOf(term);
        const entry = alpha.offset;
        return layout.folded[value] && of.kind === "norm"
          ? [{ y: values.planes(of.x), st: values.statistics(value), scale: alpha, entry }]
          : [{ y: values.planes(value), scale: alpha, entry }];
      });
      for (const part of parts) sum(values, terms, stored, part, tag);
      break;
    }
    case "sum": {
      const terms = layer.xs.map((x) => ({ y: values.planes(x), scale: space.one }));
      for (const part of parts) sum(values, terms, stored, part, tag);
      break;
    }
    case "concat":
      if (!layout.view[v]) copy(values, layer, stored, key, tag);
      break;
    case "average": {
      const [x, y] = [values.planes(layer.x), values.raw(v)];
      const spec = { kind: "average", n: x.n, geo: x.geo, dst: y.geo } as const;
      space.call(key, tag, spec, [read(x), write(y)]);
      break;
    }
    case "linear": {
      const x = values.planes(layer.x);
      if (x.geo.h * x.geo.w !== 1)
        throw new Error(
          `layer ${v}, linear, reads ${x.geo.h}×${x.geo.w} pixels; average them first`,
        );
      const w = values.weight(layer.weight);
      space.call(key, tag, ...calls.pointwise(x, w, values.raw(v), values.weight(layer.bias)));
      break;
    }
  }
  const beside = layer.kind === "norm" || layer.kind === "mix" || layer.kind === "sum";
  if (stored.relu && !beside && layer.kind !== "concat")
    for (const part of parts)
      sum(
        values,
        [{ y: values.planes(v), scale: space.one }],
        { raw: undefined, relu: stored.relu },
        part,
        tag,
      );
}

/** A convolution, by way of its patches if the window is not a single pixel. */
function convolve(
  values: Values,
  v: Value,
  { weight, kernel, stride, x }: Kind<"conv">,
  parts: readonly Part[],
  tag: Tag,
): void {
  const to = values.raw(v);
  const w = values.weight(weight);
  let source = values.planes(x);
  if (values.spread(v)) {
    const window = windowOf(values, v, kernel, 1, stride);
    const make = (): Planes => values.space.planes(source.n * kernel ** 2, to.geo);
    const spread = values.extra(v, make);
    const key = parts.length > 1 ? `patches ${v}` : (parts[0] as Part).key;
    values.space.call(key, tag, ...calls.patches(source, spread, window));
    source = spread;
  }
  for (const { from, n, key } of parts)
    values.space.call(
      key,
      tag,
      ...calls.pointwise(source, at(w, from * source.n), slice(to, from, n)),
    );
}

/** norm(y), scaled and shifted or not, for some planes. */
export function normalise(
  values: Values,
  v: Value,
  layer: Kind<"norm">,
  y: Planes,
  { from, n, key }: Part,
  tag: Tag,
  to: { raw: Planes | undefined; relu: Planes | undefined },
): void {
  const part = (p: Planes | undefined): Planes | undefined => p && slice(p, from, n);
  const scale = scaleOf(values, v, layer);
  const by = scale && { gamma: at(scale.gamma, from), beta: at(scale.beta, from) };
  const st = at(values.statistics(v), 2 * from);
  values.space.call(key, tag, ...calls.normalise(y, st, part(to.raw), part(to.relu), by));
}

function scaleOf(values: Values, v: Value, { affine, gate }: Kind<"norm">) {
  if (gate !== undefined) return { gamma: values.scoresOf(gate), beta: values.noShift(v) };
  return affine && { gamma: values.weight(affine.gamma), beta: values.weight(affine.beta) };
}

function pool(values: Values, v: Value, layer: Kind<"pool">, parts: readonly Part[]): void {
  const { space } = values;
  const other = values.sibling(v);
  if (other !== undefined && other < v) return;
  const both = other === undefined ? [v] : [v, other];
  const of = (reduce: "max" | "average"): Value | undefined =>
    both.find((p) => (values.layer(p) as Kind<"pool">).reduce === reduce);
  const [max, average] = [of("max"), of("average")];
  const [src, dst] = [values.geometry(layer.x), values.geometry(v)];
  const n = values.channels(v);
  const argmax = max === undefined ? undefined : values.extra(max, () => space.planes(n, dst));
  const tag: Tag = { phase: "forward", layers: both, serves: 0, leadsTo: [] };
  for (const { from, n, key } of parts) {
    const x = slice(values.planes(layer.x), from, n);
    const to = (planes: Planes | undefined) =>
      planes ? write(slice(planes, from, n)) : fixed(x, 0);
    space.call(
      key,
      tag,
      { kind: "pool", s: layer.stride, src, dst, n, max: !!argmax, average: average !== undefined },
      [
        read(x),
        to(max === undefined ? undefined : values.raw(max)),
        to(average === undefined ? undefined : values.raw(average)),
        to(argmax),
        fixed(space.inverseCounts(src, dst, layer.stride), 0),
      ],
    );
  }
}

/** A concat whose members could not be computed in place. */
function copy(
  values: Values,
  { xs }: Kind<"concat">,
  stored: { raw: Planes | undefined; relu: Planes | undefined },
  key: string,
  tag: Tag,
): void {
  let from = 0;
  for (const x of xs) {
    const y = values.planes(x);
    const part = (p: Planes | undefined): Planes | undefined => p && slice(p, from, y.n);
    const to = { raw: part(stored.raw), relu: part(stored.relu) };
    sum(values, [{ y, scale: values.space.one }], to, { from: 0, n: y.n, key }, tag);
    from += y.n;
  }
}
