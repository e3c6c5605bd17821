/** @file Reads one search step that PyTorch computed in double precision, and checks that all of it is there. */

/** A file that is no fixture; its message names the file and the place in it. */
export class FixtureError extends Error {
  override readonly name = "FixtureError";
}

/** An array as it was written: little-endian float32 in base64, row-major, PyTorch's axis order. */
export interface Figures {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}
export type Named = Readonly<Record<string, Figures>>;

/** What both kinds of fixture hold. */
interface Common {
  readonly name: string;
  /** The order of α's columns. */
  readonly operations: readonly string[];
  readonly weights: Named;
  /** Raw α, (edges, ops) a group. */
  readonly alpha: Named;
}
interface Half {
  /** (batch, channels, height, width). */
  readonly images: Figures;
  readonly labels: readonly number[];
}
export interface ConvFixture extends Common {
  readonly space: "darts-conv";
  readonly config: Readonly<Record<"C" | "cells" | "nodes" | "batch" | "size" | "classes", number>>;
  readonly train: Half;
  readonly valid: Half;
  readonly momentum: Named;
  readonly weightsY: Named;
  readonly expect: {
    readonly logits: Figures;
    readonly trainLoss: number;
    readonly validLoss: number;
    readonly gradWeights: Named;
    readonly gradAlphaTrain: Named;
    readonly firstOrder: Named;
    readonly secondOrder: {
      readonly xi: number;
      readonly momentum: number;
      readonly decay: number;
      readonly alpha: Named;
    };
    readonly rarts: { readonly lambda: number; readonly alpha: Named };
  };
}
export interface RecurrentFixture extends Common {
  readonly space: "darts-recurrent";
  readonly config: Readonly<Record<"vocab" | "hidden" | "nodes" | "steps" | "batch", number>>;
  /** (steps + 1, batch): inputs are all but the last row, targets all but the first. */
  readonly tokens: readonly (readonly number[])[];
  readonly expect: {
    /** (steps, batch, vocab). */
    readonly logits: Figures;
    readonly loss: number;
    readonly gradWeights: Named;
    readonly gradAlpha: Named;
  };
}
export type Fixture = ConvFixture | RecurrentFixture;

/** `name` is what errors call the file. Throws `FixtureError` with the path of what is missing or wrong. */
export function readFixture(text: string, name: string): Fixture {
  const root = new Field(parse(text, name), name, "");
  const space = root.at("space").text();
  const common = {
    name: root.at("name").text(),
    operations: root.at("operations").list((field) => field.text()),
    weights: root.at("weights").named(),
    alpha: root.at("alpha").named(),
  };
  const expect = root.at("expect");
  const sizes = <K extends string>(...names: readonly K[]) =>
    Object.fromEntries(names.map((size) => [size, root.at("config").at(size).whole(1)])) as Record<
      K,
      number
    >;
  if (space === "darts-recurrent")
    return {
      ...common,
      space,
      config: sizes("vocab", "hidden", "nodes", "steps", "batch"),
      tokens: root.at("tokens").list((row) => row.list((token) => token.whole(0))),
      expect: {
        logits: expect.at("logits").figures(),
        loss: expect.at("loss").number(),
        gradWeights: expect.at("grad_weights").named(),
        gradAlpha: expect.at("grad_alpha").named(),
      },
    };
  if (space !== "darts-conv") root.at("space").fail('"darts-conv" or "darts-recurrent"');
  const half = (field: Field): Half => ({
    images: field.at("images").figures(),
    labels: field.at("labels").list((label) => label.whole(0)),
  });
  const [second, rarts] = [expect.at("darts_second_order"), expect.at("rarts")];
  return {
    ...common,
    space: "darts-conv",
    config: sizes("C", "cells", "nodes", "batch", "size", "classes"),
    train: half(root.at("train")),
    valid: half(root.at("valid")),
    momentum: root.at("momentum").named(),
    weightsY: root.at("weights_y").named(),
    expect: {
      logits: expect.at("logits").figures(),
      trainLoss: expect.at("train_loss").number(),
      validLoss: expect.at("valid_loss").number(),
      gradWeights: expect.at("grad_weights").named(),
      gradAlphaTrain: expect.at("grad_alpha_train").named(),
      firstOrder: expect.at("darts_first_order").named(),
      secondOrder: {
        xi: second.at("xi").number(),
        momentum: second.at("momentum").number(),
        decay: second.at("weight_decay").number(),
        alpha: second.named(),
      },
      rarts: { lambda: rarts.at("lambda").number(), alpha: rarts.named() },
    },
  };
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FixtureError(`${name} is no JSON: ${(error as Error).message}`);
  }
}

/** A value in a JSON tree that knows where it is. */
class Field {
  readonly #value: unknown;
  readonly #file: string;
  readonly #path: string;

  constructor(value: unknown, file: string, path: string) {
    this.#value = value;
    this.#file = file;
    this.#path = path;
  }
  fail(expected: string): never {
    const found = this.#value === undefined ? "missing" : typeof this.#value;
    throw new FixtureError(
      `${this.#file}: "${this.#path || "the file"}" must be ${expected}; it is ${found}`,
    );
  }
  #object(): Readonly<Record<string, unknown>> {
    const value = this.#value;
    if (typeof value !== "object" || value === null || Array.isArray(value))
      return this.fail("an object");
    return value as Record<string, unknown>;
  }
  at(key: string): Field {
    const path = this.#path ? `${this.#path}.${key}` : key;
    const object = this.#object();
    return new Field(Object.hasOwn(object, key) ? object[key] : undefined, this.#file, path);
  }
  text(): string {
    return typeof this.#value === "string" ? this.#value : this.fail("a string");
  }
  number(): number {
    return typeof this.#value === "number" ? this.#value : this.fail("a number");
  }
  whole(min: number): number {
    const value = this.#value;
    if (typeof value !== "number" || !Number.isInteger(value) || value < min)
      return this.fail(`a whole number from ${min}`);
    return value;
  }
  list<T>(read: (field: Field) => T): readonly T[] {
    const value = this.#value;
    if (!Array.isArray(value)) return this.fail("a list");
    return value.map((item, i) => read(new Field(item, this.#file, `${this.#path}[${i}]`)));
  }
  figures(): Figures {
    const shape = this.at("shape").list((size) => size.whole(0));
    const text = this.at("f32").text();
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return this.at("f32").fail("base64");
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
    const count = shape.reduce((a, b) => a * b, 1);
    if (bytes.length !== 4 * count)
      return this.fail(`(${shape}) float32 in ${4 * count} bytes, not ${bytes.length}`);
    return { shape, values: new Float32Array(bytes.buffer) };
  }
  /** Its arrays by name; plain numbers beside them are left out. */
  named(): Named {
    return Object.fromEntries(
      Object.entries(this.#object())
        .filter(([, value]) => typeof value === "object")
        .map(([key]) => [key, this.at(key).figures()]),
    );
  }
}
