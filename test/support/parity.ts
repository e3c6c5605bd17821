/** @file Reads the figures that PyTorch computed in double precision (test/fixtures/parity-*.json). */
import { readFileSync } from "node:fs";
import type { Network } from "../../src/engine/network/network.ts";

/** Little-endian float32 in base64, row-major, PyTorch's axis order. */
export interface Figures {
  readonly shape: readonly number[];
  readonly f32: string;
}
interface Half {
  readonly images: Figures;
  readonly labels: readonly number[];
}
/** One search step of a small convolutional supernet. */
export interface ConvFixture {
  readonly config: {
    readonly C: number;
    readonly cells: number;
    readonly nodes: number;
    readonly batch: number;
    readonly size: number;
    readonly classes: number;
  };
  readonly operations: readonly string[];
  readonly train: Half;
  readonly valid: Half;
  readonly weights: Readonly<Record<string, Figures>>;
  readonly alpha: Readonly<Record<string, Figures>>;
  readonly expect: {
    readonly logits: Figures;
    readonly train_loss: number;
    readonly valid_loss: number;
    readonly grad_weights: Readonly<Record<string, Figures>>;
    readonly grad_alpha_train: Readonly<Record<string, Figures>>;
    readonly darts_first_order: Readonly<Record<string, Figures>>;
  };
}

export const readConvFixture = (): ConvFixture =>
  JSON.parse(
    readFileSync(new URL("../fixtures/parity-conv-c4-cells3-nodes2.json", import.meta.url), "utf8"),
  ) as ConvFixture;

/** One forward and backward pass of a small recurrent supernet. */
export interface RecurrentFixture {
  readonly config: Readonly<Record<"vocab" | "hidden" | "nodes" | "steps" | "batch", number>>;
  readonly operations: readonly string[];
  /** (steps + 1, batch): the inputs, and shifted by one the targets. */
  readonly tokens: readonly (readonly number[])[];
  readonly weights: Readonly<Record<string, Figures>>;
  readonly alpha: Readonly<Record<string, Figures>>;
  readonly expect: {
    /** (steps, batch, vocabulary). */
    readonly logits: Figures;
    readonly loss: number;
    readonly grad_weights: Readonly<Record<string, Figures>>;
    readonly grad_alpha: Readonly<Record<string, Figures>>;
  };
}

export const readRecurrentFixture = (): RecurrentFixture =>
  JSON.parse(
    readFileSync(new URL("../fixtures/parity-recurrent-h8-nodes3.json", import.meta.url), "utf8"),
  ) as RecurrentFixture;

export function numbers({ f32 }: Figures): Float32Array {
  const bytes = Uint8Array.from(Buffer.from(f32, "base64"));
  return new Float32Array(bytes.buffer);
}

/** Named weights in the order of a network's flat vector. Throws if a name or a shape differs. */
export function flatten(
  network: Pick<Network, "weights" | "weightCount">,
  named: Readonly<Record<string, Figures>>,
): Float32Array {
  const flat = new Float32Array(network.weightCount);
  for (const { name, offset, shape } of network.weights) {
    const figures = named[name];
    if (!figures) throw new Error(`the fixture has no weight "${name}"`);
    if (String(figures.shape) !== String(shape))
      throw new Error(`"${name}" is (${figures.shape}) in the fixture, (${shape}) here`);
    flat.set(numbers(figures), offset);
  }
  return flat;
}

/** ‖a − b‖ / ‖b‖. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} numbers against ${b.length}`);
  let [difference, size] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    difference += ((a[i] as number) - (b[i] as number)) ** 2;
    size += (b[i] as number) ** 2;
  }
  return Math.sqrt(difference / size);
}
