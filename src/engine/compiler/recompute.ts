/** @file Computes again, in the backward pass, what the forward pass did not keep. */
import type { Value } from "../network/network.ts";
import * as calls from "./calls.ts";
import { normalise, windowOf } from "./forward.ts";
import type { Planes } from "./geometry.ts";
import type { Part } from "./layout.ts";
import type { Values } from "./values.ts";
import type { Call, Span, Tag } from "./workspace.ts";

/** Which gradients a value is computed again for: bits of `graph.ts`, and layers whose gradients lead to others. */
export type Use = Pick<Tag, "serves" | "leadsTo">;

/** Values that come back for a while. A call made again serves whatever its readers serve. */
export class Recompute {
  readonly #made = new Map<Value, { planes: Planes; calls: readonly Call[] }>();
  readonly #patches = new Map<Value, { planes: Planes; calls: readonly Call[] }>();
  readonly values: Values;

  constructor(values: Values) {
    this.values = values;
  }

  /** The planes of a layer's value, kept or computed again in task `key`, once `after` is there. */
  planes(v: Value, use: Use, key: string, after: readonly Span[]): Planes {
    const { values } = this;
    if (values.kept(v)) return values.planes(v);
    const layer = values.layer(v);
    if (layer.kind === "relu") return this.planes(layer.x, use, key, after);
    const x = this.planes(values.input(v), use, key, after);
    return this.#once(this.#made, v, use, after, (tag) => {
      const to = values.space.planes(values.channels(v), values.geometry(v));
      if (layer.kind === "depthwise") {
        const window = windowOf(values, v, layer.kernel, layer.dilation, layer.stride);
        values.space.call(key, tag, ...calls.depthwise(x, values.weight(layer.weight), to, window));
      } else if (layer.kind === "norm") {
        const part: Part = { from: 0, n: to.n, key };
        normalise(values, v, layer, x, part, tag, { raw: undefined, relu: to });
      } else if (layer.kind === "conv") {
        const patches = values.spread(v) ? this.patches(v, use, key, after) : undefined;
        const w = values.weight(layer.weight);
        values.space.call(key, tag, ...calls.pointwise(patches ?? x, w, to));
      } else throw new Error(`layer ${v}, ${layer.kind}, cannot be computed again`);
      return to;
    });
  }
  /** What stands in for a value, if it was computed again. */
  again(v: Value): Planes | undefined {
    const layer = this.values.layer(v);
    return this.#made.get(layer.kind === "relu" ? layer.x : v)?.planes;
  }
  /** The spread-out windows of a convolution. */
  patches(v: Value, use: Use, key: string, after: readonly Span[]): Planes {
    const { values } = this;
    const layer = values.layer(v);
    if (layer.kind !== "conv") throw new Error(`layer ${v}, ${layer.kind}, has no patches`);
    const n = values.channels(layer.x) * layer.kernel ** 2;
    const make = (): Planes => values.space.planes(n, values.geometry(v));
    if (values.keepsFilters) return values.extra(v, make);
    const x = this.planes(layer.x, use, key, after);
    return this.#once(this.#patches, v, use, after, (tag) => {
      const to = make();
      const window = windowOf(values, v, layer.kernel, 1, layer.stride);
      values.space.call(key, tag, ...calls.patches(x, to, window));
      return to;
    });
  }

  #once(
    made: Map<Value, { planes: Planes; calls: readonly Call[] }>,
    v: Value,
    { serves, leadsTo }: Use,
    after: readonly Span[],
    make: (tag: Tag) => Planes,
  ): Planes {
    const known = made.get(v);
    if (known) {
      for (const { tag } of known.calls) {
        tag.serves |= serves;
        tag.leadsTo = [...new Set([...tag.leadsTo, ...leadsTo])];
      }
      return known.planes;
    }
    const { calls: all } = this.values.space;
    const first = all.length;
    const planes = make({ phase: "backward", layers: [v], serves, leadsTo });
    const own = all.slice(first);
    for (const call of own) call.after.push(...after);
    made.set(v, { planes, calls: own });
    return planes;
  }
}
