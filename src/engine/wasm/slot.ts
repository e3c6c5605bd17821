/** @file One copy of a plan's memory: takes a point and a batch in, gives loss and gradients out. */
import type { Plan } from "../compiler/plan.ts";
import {
  type Active,
  type Entries,
  entriesOf,
  type Learning,
  type Selection,
  selectEntries,
  type Wanted,
} from "../compiler/select.ts";
import { normEpsilon, normRowCount } from "../network/norms.ts";
import { crossEntropy, type Loss, layOutImages, readLogits } from "./edges.ts";
import { type Program, writeTables } from "./program.ts";

/** Each has a list of its own in the program, as methods alternate between them. */
export const kinds: readonly (Wanted | "given")[] = ["weights", "mixture", "both", "none", "given"];

/** A point and a batch. */
export interface Point {
  /** Flat, in the network's order. */
  readonly weights: Float32Array;
  /** Per alpha group, (edges, ops) row by row. */
  readonly mixture: Readonly<Record<string, Float32Array>>;
  readonly active?: Active | undefined;
  /** The mixture's gradient is zero at other edges. */
  readonly learning?: Learning | undefined;
  /** (batch, height, width, channels) */
  readonly images: Float32Array;
  readonly labels: ArrayLike<number>;
  readonly wrt: Wanted;
  /** Of every norm, (channels of all norms, 2): mean and variance in place of the batch's own; only without gradients. */
  readonly moments?: Float32Array | undefined;
}
/** The same for passes that take about as long: for the same gradients, through as many candidates. */
export function likeness({ wrt, active }: Point): string {
  if (!active) return wrt;
  const edges = Object.values(active).flat();
  return `${wrt} ${edges.reduce((sum, candidates) => sum + candidates.length, 0)}`;
}
/** The loss there, and the gradients that were asked for. */
export interface Result extends Loss {
  /** (batch, classes) */
  readonly logits: Float32Array;
  readonly weights?: Float32Array;
  readonly mixture?: Readonly<Record<string, Float32Array>>;
}

/** What lies in one arena, and the lists of the program that run on it. */
export class Slot {
  readonly #plan: Plan;
  readonly #program: Program;
  readonly #index: number;
  readonly #arena: Float32Array;
  /** What is in each list of the program. */
  readonly #selections: (Selection | undefined)[] = [];
  /** For which candidates the mixture kernels' tables are. */
  #tables: Uint8Array | undefined;
  #selection: Selection | undefined;
  #loss: Loss = { loss: Number.NaN, correct: 0 };

  /** `arena` is the slot's own part of the memory. */
  constructor(plan: Plan, program: Program, index: number, arena: Float32Array) {
    this.#plan = plan;
    this.#program = program;
    this.#index = index;
    this.#arena = arena;
    for (const { at, values } of plan.constants) arena.set(values, at);
  }

  /** Copies a point in; returns the program's list that runs it. */
  take(point: Point): number {
    const plan = this.#plan;
    const arena = this.#arena;
    const list = this.#select(point);
    arena.set(point.weights, plan.weights.at);
    for (const { name, offset } of plan.mixture.groups)
      arena.set(point.mixture[name] as Float32Array, plan.mixture.at + offset);
    const { weights, image } = plan;
    if (point.wrt === "weights" || point.wrt === "both")
      arena.fill(0, weights.gradient, weights.gradient + weights.size);
    layOutImages(image, point.images, arena);
    if (point.moments) this.#give(point.moments);
    return list;
  }
  /** Between the passes: from logits to the loss and its gradient. */
  settle({ labels }: Point): void {
    this.#loss = crossEntropy(this.#plan, this.#arena, labels);
  }
  /** What the passes have left. */
  result({ wrt }: Point): Result {
    const { weights } = this.#plan;
    const result = { ...this.#loss, logits: readLogits(this.#plan, this.#arena) };
    const from = weights.gradient;
    return {
      ...result,
      ...((wrt === "weights" || wrt === "both") && {
        weights: this.#arena.slice(from, from + weights.size),
      }),
      ...((wrt === "mixture" || wrt === "both") && { mixture: this.#mixtureGradient() }),
    };
  }

  /** Mean and variance that the norms had in the last pass, (channels of all norms, 2); 0 and 1 where none was measured. */
  moments(): Float32Array {
    const table = new Float32Array(2 * normRowCount(this.#plan.network)).map((_, i) => i & 1);
    this.#eachChannel((at, row) => {
      table[2 * row] = this.#arena[at] as number;
      table[2 * row + 1] = (this.#arena[at + 1] as number) ** -2 - normEpsilon;
    });
    return table;
  }
  #give(moments: Float32Array): void {
    this.#eachChannel((at, row) => {
      this.#arena[at] = moments[2 * row] as number;
      this.#arena[at + 1] = 1 / Math.sqrt((moments[2 * row + 1] as number) + normEpsilon);
    });
  }
  #eachChannel(visit: (at: number, row: number) => void): void {
    for (const { at, from, n } of this.#plan.norms)
      for (let c = 0; c < n; c++) visit(at + 2 * c, from + c);
  }

  /** Writes of the program what the last pass of this kind did not need. */
  #select({ wrt, active, learning, moments }: Point): number {
    const plan = this.#plan;
    const kind = kinds.indexOf(moments ? "given" : wrt);
    const list = this.#index * kinds.length + kind;
    const flags = entriesOf(plan, active, learning);
    let selection = this.#selections[kind];
    if (!selection || !same(selection, flags)) {
      const chosen = selectEntries(plan, wrt, flags);
      selection = moments ? { ...chosen, given: true } : chosen;
      this.#selections[kind] = selection;
      this.#program.write(list, selection);
    }
    if (!this.#tables || !equal(this.#tables, flags.active)) {
      this.#tables = flags.active;
      writeTables(plan, selection, this.#arena);
    }
    this.#selection = selection;
    return list;
  }
  #mixtureGradient(): Record<string, Float32Array> {
    const { active, learning, alive } = this.#selection as Selection;
    const { mixture } = this.#plan;
    const flat = new Float64Array(mixture.size);
    for (const { entry, at, n, layer } of mixture.parts)
      if (active[entry] && learning[entry] && alive[layer])
        for (let c = 0; c < n; c++)
          flat[entry] = (flat[entry] as number) + (this.#arena[at + c] as number);
    return Object.fromEntries(
      mixture.groups.map(({ name, offset, edges, ops }) => [
        name,
        Float32Array.from(flat.subarray(offset, offset + edges * ops)),
      ]),
    );
  }
}

const equal = (a: Uint8Array, b: Uint8Array): boolean => a.every((x, i) => x === b[i]);
const same = (a: Entries, b: Entries): boolean =>
  equal(a.active, b.active) && equal(a.learning, b.learning);

/** Throws if a size does not fit the plan. */
export function checkPoint(
  plan: Plan,
  { weights, mixture, images, labels, moments, wrt }: Point,
): void {
  const { image, logits } = plan;
  const expect = (what: string, is: number, wanted: number): void => {
    if (is !== wanted) throw new Error(`${what} has ${is} numbers; the network has ${wanted}`);
  };
  expect("weights", weights.length, plan.weights.size);
  expect("images", images.length, plan.batch * image.n * image.geo.h * image.geo.w);
  expect("labels", labels.length, plan.batch);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (!Number.isInteger(label) || label < 0 || label >= logits.n)
      throw new Error(`labels[${i}] = ${label} is not a class in 0 … ${logits.n - 1}`);
  }
  if (moments) expect("moments", moments.length, 2 * normRowCount(plan.network));
  if (moments && wrt !== "none")
    throw new Error(`no gradients (${wrt}) where the norms' mean and variance are given`);
  for (const { name, edges, ops } of plan.mixture.groups)
    expect(`mixture.${name}`, mixture[name]?.length ?? 0, edges * ops);
}
