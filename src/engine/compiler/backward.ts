/** @file The gradient rule of each kind of layer, as kernel calls. */
import type { Layer, Value } from "../network/network.ts";
import * as calls from "./calls.ts";
import { windowOf } from "./forward.ts";
import { at, type Place, type Planes, slice } from "./geometry.ts";
import type { Gradients } from "./gradients.ts";
import { MIXTURE, WEIGHTS } from "./graph.ts";
import type { Part } from "./layout.ts";
import { Recompute } from "./recompute.ts";
import type { Values } from "./values.ts";
import { fixed, read, span, type Tag, update, write } from "./workspace.ts";

/** Where a mixture entry's gradient is collected: `n` partial sums of entry `entry`. */
export interface MixturePart {
  readonly entry: number;
  readonly place: Place;
  readonly n: number;
  readonly layer: Value;
}

/** Appends the gradient rules of a network's layers, from the output back. */
export class Backward {
  readonly parts: MixturePart[] = [];
  readonly values: Values;
  readonly gradients: Gradients;
  readonly recompute: Recompute;
  readonly alphaOf: (v: Value, term: number) => Place;

  constructor(values: Values, gradients: Gradients, alphaOf: (v: Value, term: number) => Place) {
    this.values = values;
    this.gradients = gradients;
    this.recompute = new Recompute(values);
    this.alphaOf = alphaOf;
  }

  /** The rule of layer v, whose own gradient is complete. */
  layer(v: Value): void {
    const { values, gradients } = this;
    const { layout, space } = values;
    const layer = values.layer(v);
    if (!gradients.purposes[v] || layout.folded[v]) return;
    const from = { layers: [v] };
    const key = `back ${(layout.parts[v] as readonly Part[])[0]?.key}`;
    const weightTag: Tag = { phase: "backward", layers: [v], serves: WEIGHTS };
    switch (layer.kind) {
      case "input":
        break;
      case "relu":
        if (!layout.transparent[v]) {
          const mask = values.relu(layer.x);
          gradients.deliver(layer.x, from, (to, first, n) =>
            calls.scale(slice(gradients.of(v), first, n), space.one, {
              ...to,
              mask: slice(mask, first, n),
            }),
          );
        }
        break;
      case "conv":
        this.#conv(v, layer, key, weightTag);
        break;
      case "depthwise": {
        const { kernel, dilation, stride, weight } = layer;
        const g = gradients.of(v);
        const w = values.weight(weight);
        const dw = values.weightGradientOf(weight);
        const window = windowOf(values, v, kernel, dilation, stride);
        const x = this.recompute.planes(layer.x, WEIGHTS, key, [span(g)]);
        space.call(key, weightTag, ...calls.depthwiseBackWeight(x, g, dw, window));
        this.#needMask(layer.x, key, g);
        gradients.deliver(layer.x, from, (to, first, n) =>
          calls.depthwiseBackInput(
            slice(g, first, n),
            at(w, first * kernel ** 2),
            this.#masked(layer.x, to, first, n),
            { ...window, n },
          ),
        );
        break;
      }
      case "norm":
        this.#norm(v, layer);
        break;
      case "mix":
        layer.terms.forEach((_, term) => {
          this.#term(v, layer, term);
        });
        break;
      case "sum":
        for (const x of layer.xs)
          if (gradients.purposes[x] && gradients.of(x) !== gradients.of(v))
            gradients.deliver(x, from, (to, first, n) =>
              calls.scale(slice(gradients.of(v), first, n), space.one, to),
            );
        break;
      case "concat":
        if (!layout.view[v]) this.#copied(v, layer);
        break;
      case "pool":
        this.#pool(v, layer);
        break;
      case "halve":
        gradients.deliver(layer.x, from, (to, first, n) => {
          const g = slice(gradients.of(v), first, n);
          const sizes = { shift: layer.shift, src: to.planes.geo, dst: g.geo, n };
          return [
            { kind: "halveBack", ...sizes, masked: to.mask !== undefined },
            [read(g), update(to.planes), to.mask ? read(to.mask) : fixed(g, 0)],
          ];
        });
        break;
      case "average":
        gradients.deliver(layer.x, from, (to, first, n) => {
          const g = slice(gradients.of(v), first, n);
          return [
            { kind: "averageBack", n, geo: to.planes.geo, dst: g.geo, add: to.add },
            [read(g), to.add ? update(to.planes) : write(to.planes)],
          ];
        });
        break;
      case "linear": {
        const g = gradients.of(v);
        const x = values.planes(layer.x);
        const dw = values.weightGradientOf(layer.weight);
        space.call(key, weightTag, ...calls.pointwiseBackWeight(g, x, dw));
        space.call(key, weightTag, ...calls.biasBack(g, values.weightGradientOf(layer.bias)));
        gradients.deliver(layer.x, from, (to, first) =>
          calls.pointwiseBackInput(g, values.weight(layer.weight), to, first, x.n),
        );
      }
    }
  }

  /** Where a ReLU was computed again, its mask is there. */
  #masked(x: Value, to: calls.Target, from: number, n: number): calls.Target {
    const again = to.mask && this.recompute.again(x);
    return again ? { ...to, mask: slice(again, from, n) } : to;
  }

  #needMask(x: Value, key: string, g: Planes): void {
    const serves = this.gradients.purposes[x] as number;
    if (serves && this.values.layer(x).kind === "relu")
      this.recompute.planes(x, serves, key, [span(g)]);
  }

  #conv(v: Value, layer: Extract<Layer, { kind: "conv" }>, key: string, tag: Tag): void {
    const { values, gradients } = this;
    const { space } = values;
    const g = gradients.of(v);
    const w = values.weight(layer.weight);
    const dw = values.weightGradientOf(layer.weight);
    const useful = gradients.purposes[layer.x] as number;
    this.#needMask(layer.x, key, g);
    if (!values.spread(v)) {
      const x = this.recompute.planes(layer.x, WEIGHTS, key, [span(g)]);
      space.call(key, tag, ...calls.pointwiseBackWeight(g, x, dw));
      gradients.deliver(layer.x, { layers: [v] }, (to, from, n) =>
        calls.pointwiseBackInput(g, w, this.#masked(layer.x, to, from, n), from, x.n),
      );
      return;
    }
    const spread = this.recompute.patches(v, WEIGHTS, key, [span(g)]);
    space.call(key, tag, ...calls.pointwiseBackWeight(g, spread, dw));
    if (!useful) return;
    const window = windowOf(values, v, layer.kernel, 1, layer.stride);
    const to = { planes: spread, add: false, mask: undefined };
    space.call(
      key,
      { phase: "backward", layers: [v], serves: useful },
      ...calls.pointwiseBackInput(g, w, to, 0, spread.n),
    );
    gradients.deliver(layer.x, { layers: [v] }, (target, from, n) =>
      calls.patchesBack(
        slice(spread, from * layer.kernel ** 2, n * layer.kernel ** 2),
        this.#masked(layer.x, target, from, n),
        { ...window, n },
      ),
    );
  }

  #norm(v: Value, { x, affine }: Extract<Layer, { kind: "norm" }>): void {
    const { values, gradients } = this;
    const g = gradients.of(v);
    const st = values.statistics(v);
    const [gamma, beta] = affine
      ? [values.weightGradientOf(affine.gamma), values.weightGradientOf(affine.beta)]
      : [];
    const serves = affine ? WEIGHTS : 0;
    const useful = (gradients.purposes[x] as number) | serves;
    const key = `back ${values.layout.parts[x]?.[0]?.key}`;
    const y = this.recompute.planes(x, useful, key, [span(g)]);
    const unused = (size: number): Place => ({
      block: values.space.block(size, false),
      offset: 0,
    });
    gradients.deliver(x, { layers: [v], serves }, (to, from, n) =>
      calls.normaliseBack(
        slice(g, from, n),
        slice(y, from, n),
        at(st, 2 * from),
        affine ? at(values.weight(affine.gamma), from) : values.space.one,
        gamma ? at(gamma, from) : unused(n),
        to,
        gamma && beta ? beta.offset - gamma.offset : undefined,
      ),
    );
  }

  /** Term `term` of mixture v: the gradient of α · norm(y), or of α · y, by y and by α. */
  #term(v: Value, { terms }: Extract<Layer, { kind: "mix" }>, term: number): void {
    const { values, gradients } = this;
    const { space, layout } = values;
    const { value } = terms[term] as (typeof terms)[number];
    if (value === undefined) return;
    const g = gradients.of(v);
    const alpha = this.alphaOf(v, term);
    const n = values.channels(v);
    const sums = space.scalars(n);
    const entry = alpha.offset;
    this.parts.push({ entry, place: sums, n, layer: v });
    const of = values.layer(value);
    if (layout.folded[value] && of.kind === "norm") {
      const st = values.statistics(value);
      const serves = MIXTURE;
      const key = `back ${layout.parts[of.x]?.[0]?.key}`;
      const bits = (gradients.purposes[of.x] as number) | serves;
      const y = this.recompute.planes(of.x, bits, key, [span(g)]);
      gradients.deliver(of.x, { layers: [v], entry, serves }, (to, from, n) =>
        calls.normaliseBack(
          slice(g, from, n),
          slice(y, from, n),
          at(st, 2 * from),
          alpha,
          at(sums, from),
          to,
        ),
      );
      return;
    }
    const y = values.planes(value);
    const tag: Tag = { phase: "backward", layers: [v], entry, serves: MIXTURE };
    space.call(`dot ${v}.${term}`, tag, ...calls.dot(g, y, sums));
    if (gradients.purposes[value])
      gradients.deliver(value, { layers: [v], entry }, (to, from, n) =>
        calls.scale(slice(g, from, n), alpha, to),
      );
  }

  #copied(v: Value, { xs }: Extract<Layer, { kind: "concat" }>): void {
    const { gradients, values } = this;
    const g = gradients.of(v);
    let first = 0;
    for (const x of xs) {
      const part: Planes = slice(g, first, values.channels(x));
      if (gradients.purposes[x])
        gradients.deliver(x, { layers: [v] }, (to, from, n) =>
          calls.scale(slice(part, from, n), values.space.one, to),
        );
      first += part.n;
    }
  }

  #pool(v: Value, layer: Extract<Layer, { kind: "pool" }>): void {
    const { gradients, values } = this;
    const { space } = values;
    const other = values.sibling(v);
    if (other !== undefined && other < v) return;
    const both = other === undefined ? [v] : [v, other];
    const grad = (reduce: "max" | "average"): Planes | undefined => {
      const of = both.find((p) => {
        const l = values.layer(p);
        return l.kind === "pool" && l.reduce === reduce;
      });
      return of === undefined ? undefined : gradients.of(of);
    };
    const [max, average] = [grad("max"), grad("average")];
    const maximum = both.find((p) => gradients.of(p) === max) ?? v;
    const [src, dst] = [values.geometry(layer.x), values.geometry(v)];
    gradients.deliver(layer.x, { layers: both }, (to, from, n) => {
      const of = (p: Planes | undefined) => (p ? read(slice(p, from, n)) : fixed(to.planes, 0));
      const argmax = max && values.extra(maximum, () => space.planes(values.channels(v), dst));
      const sizes = { s: layer.stride, src, dst, n, max: !!max, average: !!average };
      return [
        { kind: "poolBack", ...sizes, add: to.add },
        [
          of(max),
          of(average),
          of(argmax),
          to.add ? update(to.planes) : write(to.planes),
          fixed(space.inverseCounts(src, dst, layer.stride), 0),
        ],
      ];
    });
  }
}
