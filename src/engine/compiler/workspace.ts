/** @file Collects a plan's kernel calls, in a valid order, and the blocks of memory they use. */
import type { Value } from "../network/network.ts";
import { type Block, type Geometry, geometryOf, type Place, type Planes } from "./geometry.ts";
import type { Spec } from "./spec.ts";

/** Floats that a call reads or writes. */
export interface Span {
  readonly block: Block;
  readonly from: number;
  readonly to: number;
}
/** One argument of a call and what it touches there. */
export interface Argument {
  readonly place: Place;
  readonly size: number;
  readonly reads: boolean;
  readonly writes: boolean;
}
const argument =
  (reads: boolean, writes: boolean) =>
  (place: Place, size: number = sizeOfPlanes(place)): Argument => ({ place, size, reads, writes });
const sizeOfPlanes = (place: Place): number =>
  "geo" in place ? (place as Planes).n * (place as Planes).geo.pitch : 0;

/** What is read, by default all of its planes … */
export const read = argument(true, false);
/** … replaced … */
export const write = argument(false, true);
/** … changed … */
export const update = argument(true, true);
/** … or constant while the plan runs (weights, tables), so that no order follows from it. */
export const fixed = argument(false, false);

/** When a call is needed. */
export interface Tag {
  readonly phase: "forward" | "backward";
  /** Any of these layers is alive … */
  readonly layers: readonly Value[];
  /** … this mixture entry is active, if one is named … */
  readonly entry?: number;
  /** … and one of these gradients (bits of `graph.ts`), of the named entry if there is one, is wanted … */
  serves: number;
  /** … or one that the gradient of any of these layers leads to; of no account in the forward pass, where both are empty. */
  leadsTo: readonly Value[];
}
/** A kernel call before it has a task or addresses. */
export interface Call {
  readonly spec: Spec;
  readonly args: readonly Argument[];
  /** Calls of one key share a task as far as their order allows. */
  readonly key: string;
  readonly tag: Tag;
  /** Must not run before what writes here, although it does not read it: keeps recomputed values short-lived. */
  readonly after: Span[];
}

/** One term of a mixture kernel's table; without `entry` it always counts. */
export interface TableRow {
  readonly y: Place;
  readonly st: Place;
  readonly scale: Place;
  readonly entry?: number;
}

/** Blocks, calls, constants and tables of a plan in the making. */
export class Workspace {
  readonly calls: Call[] = [];
  readonly zeroed: { readonly block: Block; readonly tag: Tag }[] = [];
  readonly constants: { readonly place: Place; readonly values: readonly number[] }[] = [];
  readonly tables: { readonly place: Place; readonly rows: readonly TableRow[] }[] = [];
  readonly blocks: Block[] = [];
  readonly batch: number;
  readonly one: Place;
  readonly #identity: Place;
  readonly #geometries = new Map<string, Geometry>();
  readonly #inverses = new Map<string, Place>();

  constructor(batch: number, maxPlanes: number) {
    this.batch = batch;
    this.one = this.constant([1]);
    this.#identity = this.constant(Array.from({ length: 2 * maxPlanes }, (_, i) => i & 1));
  }

  block(size: number, lasting: boolean): Block {
    const block = { size, lasting };
    this.blocks.push(block);
    return block;
  }
  /** Few numbers that stay where they are. */
  scalars(size: number): Place {
    return { block: this.block(size, true), offset: 0 };
  }
  planes(n: number, geo: Geometry, lasting = false): Planes {
    return { block: this.block(n * geo.pitch, lasting), offset: 0, n, geo };
  }
  constant(values: readonly number[]): Place {
    const place = this.scalars(values.length);
    this.constants.push({ place, values });
    return place;
  }
  /** Statistics that change nothing: mean 0, 1/σ = 1. */
  get identity(): Place {
    return this.#identity;
  }
  geometry(h: number, w: number): Geometry {
    const key = `${h}×${w}`;
    const geo = this.#geometries.get(key) ?? geometryOf(h, w, this.batch);
    this.#geometries.set(key, geo);
    return geo;
  }
  /** For every output of a 3×3 window, 1 / the number of pixels inside. */
  inverseCounts(src: Geometry, dst: Geometry, s: 1 | 2): Place {
    const key = `${src.h}×${src.w}/${s}`;
    const inside = (o: number, size: number): number =>
      Math.min(o * s + 2, size) - Math.max(o * s - 1, 0);
    const place =
      this.#inverses.get(key) ??
      this.constant(
        Array.from(
          { length: dst.h * dst.w },
          (_, i) => 1 / (inside(Math.floor(i / dst.w), src.h) * inside(i % dst.w, src.w)),
        ),
      );
    this.#inverses.set(key, place);
    return place;
  }
  /** A mixture kernel's table and room for its coefficients. */
  table(rows: readonly TableRow[]): Place {
    const place = this.scalars(1 + 3 * rows.length);
    this.tables.push({ place, rows });
    return place;
  }
  call(key: string, tag: Tag, spec: Spec, args: readonly Argument[], after: readonly Span[] = []) {
    const made: Call = { spec, args, key, tag, after: [...after] };
    this.calls.push(made);
    return made;
  }
}

/** The floats that planes cover. */
export const span = (p: Planes): Span => ({
  block: p.block,
  from: p.offset,
  to: p.offset + p.n * p.geo.pitch,
});
