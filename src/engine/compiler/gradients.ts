/** @file Where the gradient of each value is collected, and how contributions get there. */
import type { Layer, Value } from "../network/network.ts";
import type { Bound, Target } from "./calls.ts";
import { type Planes, slice } from "./geometry.ts";
import { linksOf, purposes } from "./graph.ts";
import { halves, type Part } from "./layout.ts";
import type { Values } from "./values.ts";
import type { Span, Tag } from "./workspace.ts";

/** A value's gradient: with one contribution it replaces the value, otherwise it is zeroed and added to. */
interface Home {
  readonly planes: Planes;
  readonly add: boolean;
  readonly mask: Planes | undefined;
}
/** Contributions from the reading layers of a value … */
export interface Delivery {
  readonly layers: readonly Value[];
  readonly entry?: number;
  /** … of use for these besides the value's own gradient. */
  readonly serves?: number;
  readonly after?: readonly Span[];
}

/** The gradients of a network's values, in planes given out on demand. */
export class Gradients {
  readonly purposes: Uint8Array;
  readonly values: Values;
  readonly #homes = new Map<Value, Home>();

  constructor(values: Values) {
    this.values = values;
    this.purposes = purposes(linksOf(values.network));
  }

  /** The complete gradient of v. */
  of(v: Value): Planes {
    return this.#home(v).planes;
  }
  /** The planes that an executor fills with the loss's gradient by the logits. */
  start(v: Value, planes: Planes): void {
    this.#homes.set(v, { planes, add: false, mask: undefined });
  }
  /** Appends one contribution to x's gradient, for ranges of its planes where that lets threads share it. */
  deliver(
    x: Value,
    { layers, entry, serves = 0, after = [] }: Delivery,
    make: (to: Target, from: number, n: number) => Bound,
  ): void {
    const { space, layout } = this.values;
    const { planes, add, mask } = this.#home(x);
    if (!(this.purposes[x] || serves)) return;
    const own = layout.parts[x] as readonly Part[];
    const parts = add
      ? halves(planes.n).map((h) => ({ ...h, key: `into ${this.#root(x)}.${h.from}` }))
      : own.map((p) => ({ ...p, key: `back ${p.key}` }));
    for (const { from, n, key } of parts) {
      const to = { planes: slice(planes, from, n), add, mask: mask && slice(mask, from, n) };
      const tag: Tag = { phase: "backward", layers, serves, leadsTo: [x] };
      space.call(key, entry === undefined ? tag : { ...tag, entry }, ...make(to, from, n), after);
    }
  }

  #root(v: Value): Value {
    return this.#passes(v) ? this.#root(this.values.input(v)) : v;
  }
  #passes(v: Value): boolean {
    return this.values.layout.transparent[v] === true;
  }
  #readers(v: Value): readonly Value[] {
    return this.values.layout.readers[v] as readonly Value[];
  }
  #home(v: Value): Home {
    const home = this.#homes.get(v) ?? this.#settle(v);
    this.#homes.set(v, home);
    return home;
  }
  #settle(v: Value): Home {
    const { values } = this;
    const { layout, space } = values;
    const n = values.channels(v);
    const layer = values.layer(v);
    if (this.#passes(v)) {
      const x = values.input(v);
      return { ...this.#home(x), mask: values.relu(x) };
    }
    const member = layout.member[v];
    if (member) {
      const of = this.#home(member.of);
      return { ...of, planes: slice(of.planes, member.from, n) };
    }
    const [first] = this.#readers(v);
    const arrivals = this.#arrivals(v);
    const sibling = values.sibling(v);
    // A pool's gradient is read together with its sibling's, which a mask may have left without any: zeroed, then.
    const single = arrivals === 1 && sibling === undefined;
    if (single && first !== undefined && values.layer(first).kind === "sum")
      return this.#home(first);
    if (single && this.#alone(layer)) {
      const stored = values.kept(v) && layer.kind !== "relu" && this.#stored(v);
      return { planes: stored || this.#fresh(v), add: false, mask: undefined };
    }
    const planes = this.#fresh(v);
    const layers = [v, ...this.#within(layer)];
    if (sibling !== undefined) layers.push(sibling);
    const tag: Tag = { phase: "backward", layers, serves: 0, leadsTo: [v] };
    if (this.purposes[v]) space.zeroed.push({ block: planes.block, tag });
    return { planes, add: true, mask: undefined };
  }
  #fresh(v: Value): Planes {
    return this.values.space.planes(this.values.channels(v), this.values.geometry(v));
  }
  /** The value's own planes, which nobody reads any more by the time its gradient arrives. */
  #stored(v: Value): Planes | undefined {
    const { layout } = this.values;
    if (layout.raw[v]) return this.values.raw(v);
    return layout.relu[v] && !this.#filtered(v) ? this.values.relu(v) : undefined;
  }
  /** Whether v's ReLU goes through filters, whose kernels read that mask again after they have begun to write. */
  #filtered(v: Value): boolean {
    return this.#readers(v).some((c) => {
      const { kind } = this.values.layer(c);
      return kind === "depthwise" || (kind === "relu" && this.#filtered(c));
    });
  }
  /** Whether the members of a concat have no reader but it. */
  #alone(layer: Layer): boolean {
    return this.#within(layer).every((x) => this.#readers(x).length === 1);
  }
  /** A concat's members, and theirs. */
  #within(layer: Layer): readonly Value[] {
    if (layer.kind !== "concat") return [];
    return layer.xs.flatMap((x) => [x, ...this.#within(this.values.layer(x))]);
  }
  /** How many calls write v's gradient; halves leave pixels out, so that they count as more than one. */
  #arrivals(v: Value): number {
    const { layout } = this.values;
    const pools = new Set<string>();
    return this.#readers(v).reduce((count, c) => {
      const layer = this.values.layer(c);
      if (layer.kind === "halve") return count + 2;
      if (layout.transparent[c] || layout.view[c]) return count + this.#arrivals(c);
      if (layout.folded[c]) return count + this.#readers(c).length;
      if (layer.kind === "pool") {
        const windows = `stride ${layer.stride}`;
        if (pools.has(windows)) return count;
        pools.add(windows);
      }
      return count + 1;
    }, 0);
  }
}
