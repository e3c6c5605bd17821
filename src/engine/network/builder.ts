/** @file Writes a network layer by layer, keeping track of shapes and weights. */
import {
  type Layer,
  type MixTerm,
  type Network,
  type Shape,
  sizeOf,
  type Value,
  type WeightInit,
  type WeightSlot,
} from "./network.ts";

type Image = readonly [channels: number, height: number, width: number];
type Stride = 1 | 2;
type Unshaped<T> = T extends unknown ? Omit<T, "shape"> : never;
/** What a network is written for: to be searched, with plain norms, or to be trained, with norms that scale and shift. */
export type Purpose = "search" | "training";

/**
 * Every method appends a layer and returns its value. Identical weightless layers are written once, so that edges
 * out of one node share its ReLU, pools and halves. Weight names are paths and must be unique.
 */
export class NetworkBuilder {
  readonly #layers: Layer[] = [];
  readonly #weights: WeightSlot[] = [];
  readonly #known = new Map<string, Value>();
  #weightCount = 0;
  readonly purpose: Purpose;

  constructor(purpose: Purpose = "search") {
    this.purpose = purpose;
  }

  input(shape: Image): Value {
    return this.#add({ kind: "input" }, shape);
  }
  relu(x: Value): Value {
    return this.#add({ kind: "relu", x }, this.shape(x));
  }
  conv(x: Value, weight: string, out: number, kernel: number, stride: Stride): Value {
    const [channels, height, width] = this.#image(x);
    this.#weight(weight, [out, channels, kernel, kernel], channels * kernel * kernel);
    return this.#add({ kind: "conv", x, weight, kernel, stride }, [
      out,
      ...halved(height, width, stride),
    ]);
  }
  depthwise(x: Value, weight: string, kernel: number, dilation: number, stride: Stride): Value {
    const [channels, height, width] = this.#image(x);
    this.#weight(weight, [channels, 1, kernel, kernel], kernel * kernel);
    return this.#add({ kind: "depthwise", x, weight, kernel, dilation, stride }, [
      channels,
      ...halved(height, width, stride),
    ]);
  }
  pool(x: Value, reduce: "max" | "average", stride: Stride): Value {
    const [channels, height, width] = this.#image(x);
    return this.#add({ kind: "pool", x, reduce, stride }, [
      channels,
      ...halved(height, width, stride),
    ]);
  }
  /** Scaled and shifted where the network is to be trained, with weights `.gamma` and `.beta` under `name`. */
  norm(x: Value, name?: string): Value {
    if (this.purpose === "search") return this.#add({ kind: "norm", x }, this.shape(x));
    if (name === undefined)
      throw new Error(`the norm of layer ${x} needs a name for its scale and shift`);
    return this.affineNorm(x, `${name}.gamma`, `${name}.beta`);
  }
  /** Scale starts at 1 and shift at 0. */
  affineNorm(x: Value, gamma: string, beta: string): Value {
    const [channels] = this.#image(x);
    this.#slot(gamma, [channels], { kind: "constant", value: 1 });
    this.#slot(beta, [channels], { kind: "constant", value: 0 });
    return this.#add({ kind: "norm", x, affine: { gamma, beta } }, this.shape(x));
  }
  /** Each channel is scaled by its score in α group `gate`; several norms may share one. */
  gatedNorm(x: Value, gate: string): Value {
    return this.#add({ kind: "norm", x, gate }, this.shape(x));
  }
  /** Throws for odd sizes, where the shifted half would be smaller. */
  halve(x: Value, shift: 0 | 1): Value {
    const [channels, height, width] = this.#image(x);
    if (height % 2 || width % 2) throw new Error(`cannot halve ${height}×${width} pixels evenly`);
    return this.#add({ kind: "halve", x, shift }, [channels, height / 2, width / 2]);
  }
  /** `shape` is needed for the case that every term is `none`. */
  mix(terms: readonly MixTerm[], shape: Shape): Value {
    for (const { value } of terms) if (value !== undefined) this.#expect(value, shape);
    return this.#add({ kind: "mix", terms }, shape);
  }
  sum(xs: readonly Value[]): Value {
    const shape = this.shape(xs[0] as Value);
    for (const x of xs) this.#expect(x, shape);
    return this.#add({ kind: "sum", xs }, shape);
  }
  concat(xs: readonly Value[]): Value {
    const images = xs.map((x) => this.#image(x));
    const [, height, width] = images[0] as Image;
    const channels = images.reduce((n, [c]) => n + c, 0);
    return this.#add({ kind: "concat", xs }, [channels, height, width]);
  }
  average(x: Value): Value {
    return this.#add({ kind: "average", x }, [this.#image(x)[0]]);
  }
  linear(x: Value, weight: string, bias: string, out: number): Value {
    const features = sizeOf(this.shape(x));
    this.#weight(weight, [out, features], features);
    this.#slot(bias, [out], { kind: "uniform", bound: 1 / Math.sqrt(features) });
    return this.#add({ kind: "linear", x, weight, bias }, [out]);
  }

  shape(x: Value): Shape {
    return (this.#layers[x] as Layer).shape;
  }
  finish(output: Value): Network {
    return {
      layers: this.#layers,
      output,
      weights: this.#weights,
      weightCount: this.#weightCount,
    };
  }

  #add(layer: Unshaped<Layer>, shape: Shape): Value {
    // The shape follows from the layer, but for a mixture of nothing.
    const key = "weight" in layer ? undefined : JSON.stringify([layer, shape]);
    const known = key === undefined ? undefined : this.#known.get(key);
    if (known !== undefined) return known;
    const value = this.#layers.push({ ...layer, shape } as Layer) - 1;
    if (key !== undefined) this.#known.set(key, value);
    return value;
  }
  /** PyTorch's default: Kaiming uniform with a = √5, which is ±1/√fan-in. */
  #weight(name: string, shape: Shape, fanIn: number): void {
    this.#slot(name, shape, { kind: "uniform", bound: 1 / Math.sqrt(fanIn) });
  }
  #slot(name: string, shape: Shape, init: WeightInit): void {
    if (this.#weights.some((w) => w.name === name)) throw new Error(`weight "${name}" exists`);
    this.#weights.push({ name, offset: this.#weightCount, shape, init });
    this.#weightCount += sizeOf(shape);
  }
  #image(x: Value): Image {
    const shape = this.shape(x);
    if (shape.length !== 3) throw new Error(`layer ${x} is no image: (${shape.join(", ")})`);
    return shape as unknown as Image;
  }
  #expect(x: Value, shape: Shape): void {
    if (String(this.shape(x)) !== String(shape))
      throw new Error(`layer ${x} is (${this.shape(x).join(", ")}), wanted (${shape.join(", ")})`);
  }
}

const halved = (height: number, width: number, stride: Stride): [number, number] => [
  Math.ceil(height / stride),
  Math.ceil(width / stride),
];
