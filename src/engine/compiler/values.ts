/** @file Where each value of a network is kept, and where its weights are. */
import type { Layer, Network, Value } from "../network/network.ts";
import { at, type Geometry, type Place, type Planes, slice } from "./geometry.ts";
import { inputs } from "./graph.ts";
import type { Layout } from "./layout.ts";
import type { Workspace } from "./workspace.ts";

/**
 * How much of the forward pass is kept for the backward pass; the rest is computed again, in the thread's own scratch
 * memory. "filters": all but inner ReLUs; "convolutions": neither depthwise outputs nor patches; "states": no
 * convolutions that can be had from a state.
 */
export type Keep = "all" | "filters" | "convolutions" | "states";

/** The network's memory: the flat weight vector, its gradient, and blocks for values as they are asked for. */
export class Values {
  readonly network: Network;
  readonly layout: Layout;
  readonly space: Workspace;
  readonly keep: Keep;
  /** Where the scores of a group of channels are, one after the other. */
  readonly scoresOf: (group: string) => Place;
  readonly weights: Place;
  readonly weightGradient: Place;
  readonly #raw = new Map<Value, Planes>();
  readonly #relu = new Map<Value, Planes>();
  readonly #st = new Map<Value, Place>();
  readonly #extra = new Map<Value, Planes>();
  readonly #slots: ReadonlyMap<string, number>;

  constructor(
    network: Network,
    layout: Layout,
    space: Workspace,
    keep: Keep,
    scoresOf: Values["scoresOf"],
  ) {
    this.network = network;
    this.layout = layout;
    this.space = space;
    this.keep = keep;
    this.scoresOf = scoresOf;
    this.weights = space.scalars(network.weightCount);
    this.weightGradient = space.scalars(network.weightCount);
    this.#slots = new Map(network.weights.map(({ name, offset }) => [name, offset]));
  }

  layer(v: Value): Layer {
    return this.network.layers[v] as Layer;
  }
  channels(v: Value): number {
    return this.layer(v).shape[0] as number;
  }
  geometry(v: Value): Geometry {
    const [, h = 1, w = 1] = this.layer(v).shape;
    return this.space.geometry(h, w);
  }
  weight(name: string): Place {
    return at(this.weights, this.#offset(name));
  }
  weightGradientOf(name: string): Place {
    return at(this.weightGradient, this.#offset(name));
  }
  #offset(name: string): number {
    const offset = this.#slots.get(name);
    if (offset === undefined) throw new Error(`the network has no weight "${name}"`);
    return offset;
  }

  /** The planes a layer reads as `v`: a ReLU's lie beside its input. */
  planes(v: Value): Planes {
    const layer = this.layer(v);
    return layer.kind === "relu" ? this.relu(layer.x) : this.raw(v);
  }
  raw(v: Value): Planes {
    return this.#stored(v, this.#raw, "raw");
  }
  /** The ReLU of v. */
  relu(v: Value): Planes {
    return this.#stored(v, this.#relu, "relu");
  }
  #stored(v: Value, kept: Map<Value, Planes>, which: "raw" | "relu"): Planes {
    const known = kept.get(v);
    if (known) return known;
    const { member, [which]: wanted } = this.layout;
    const place = member[v];
    const lasting = v === this.network.output || this.layer(v).kind === "input";
    const made =
      place && wanted[place.of]
        ? slice(this[which](place.of), place.from, this.channels(v))
        : this.space.planes(this.channels(v), this.geometry(v), lasting);
    kept.set(v, made);
    return made;
  }
  /** A norm's statistics: mean and 1/σ, a channel each. */
  statistics(norm: Value): Place {
    const st = this.#st.get(norm) ?? this.space.scalars(2 * this.channels(norm));
    this.#st.set(norm, st);
    return st;
  }
  /** A shift of zero for each channel. */
  noShift(v: Value): Place {
    return this.space.constant(Array.from({ length: this.channels(v) }, () => 0));
  }
  /** Working memory that the forward pass leaves to the backward pass: patches, places of maxima. */
  extra(v: Value, make: () => Planes): Planes {
    const made = this.#extra.get(v) ?? make();
    this.#extra.set(v, made);
    return made;
  }

  /** Whether depthwise outputs and patches are kept. */
  get keepsFilters(): boolean {
    return this.keep === "all" || this.keep === "filters";
  }
  /** Whether the backward pass finds v as the forward pass left it. */
  kept(v: Value): boolean {
    if (this.keep === "all") return true;
    const layer = this.layer(v);
    const readers = this.layout.readers[v] as readonly Value[];
    const reader = readers.length === 1 ? this.layer(readers[0] as Value) : undefined;
    if (!reader || this.layout.member[v]) return true;
    switch (layer.kind) {
      case "relu":
        return this.kept(layer.x);
      case "depthwise":
        return this.keepsFilters || reader.kind !== "conv";
      case "norm":
        return this.layout.raw[v] === true || reader.kind !== "relu" || !this.#filtered(readers);
      case "conv":
        return this.keep !== "states" || reader.kind !== "norm" || !this.#single(readers);
      default:
        return true;
    }
  }
  #single(norm: readonly Value[]): boolean {
    return norm.every((v) => !this.layout.folded[v] || this.layout.readers[v]?.length === 1);
  }
  /** Whether all that reads this ReLU is one convolution. */
  #filtered([relu]: readonly Value[]): boolean {
    const [only, ...more] = this.layout.readers[relu as Value] as readonly Value[];
    const kind = only === undefined ? undefined : this.layer(only).kind;
    return more.length === 0 && (kind === "depthwise" || kind === "conv");
  }
  /** Whether a convolution needs its windows spread out first. */
  spread(v: Value): boolean {
    const layer = this.layer(v);
    return layer.kind === "conv" && (layer.kernel > 1 || layer.stride > 1);
  }
  /** The other pool over the same windows, if there is one: both are computed at once. */
  sibling(v: Value): Value | undefined {
    const layer = this.layer(v);
    if (layer.kind !== "pool") return undefined;
    const other = this.layout.readers[layer.x]?.find((c) => {
      const l = this.layer(c);
      return c !== v && l.kind === "pool" && l.stride === layer.stride && l.reduce !== layer.reduce;
    });
    return other;
  }
  input(v: Value): Value {
    return inputs(this.layer(v))[0] as Value;
  }
}
