/**
 * @file A node: Σ α·(y − mean)/σ over all candidates that count, straight from their raw outputs. A table in memory says
 * how many there are and where; a plane's coefficients α/σ and the constant −Σ α·mean/σ come first.
 */
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, i32, type V128, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { bytes, divisor, range, sweep } from "../../wasm/assembler/loops.ts";

/** Terms that are added at a time: each is a stream from memory, and processors fetch only a few of those ahead. */
const STREAMS = 8;
/** Vectors of the sum that stay in the first-level cache until all terms are added. */
const CHUNK = 512;

/** table, coefficients, raw, relu */
export function mix(f: Fn, { n, geo, raw, relu }: SpecOf<"mix">): void {
  const [table, coefficients, to, positive] = range(4).map((i) => f.param(i)) as Four;
  const chunk = divisor(geo.size / 4, CHUNK);
  const sum = raw ? to : positive;
  const [row, a, p] = f.locals("i32", 3) as [Pointer, Pointer, Pointer];
  const bias = f.local("f32");
  const constant = f.local("v128");
  const plane = f.let("i32", i32.const(0));
  const stats = f.let("i32", i32.const(0));
  const terms = f.let("i32", i32.load(table.get));
  const outputs = [...(raw ? [to] : []), ...(relu ? [positive] : []), plane];
  const groups = f.let("i32", i32.shiftRight(terms.get, i32.const(Math.log2(STREAMS))));
  const rest = f.let("i32", i32.and(terms.get, i32.const(STREAMS - 1)));
  const add = termsAdder(f, { row, a, plane, sum: p }, chunk);
  f.times(n, () => {
    prepare(f, { table, coefficients, row, a }, terms, stats, bias);
    constant.set(v128.splat(bias.get));
    f.times(geo.size / 4 / chunk, () => {
      row.set(i32.add(table.get, i32.const(4)));
      a.set(coefficients.get);
      p.set(sum.get);
      sweep(f, [p], 4 * chunk, divisor(chunk, 4), (offset) =>
        f.emit(v128.store(p.get, constant.get, offset)),
      );
      f.repeat(groups, () => {
        p.set(sum.get);
        add(STREAMS);
      });
      f.repeat(rest, () => {
        p.set(sum.get);
        add(1);
      });
      if (relu) {
        const q = f.let("i32", positive.get);
        p.set(sum.get);
        sweep(f, raw ? [p, q] : [q], 4 * chunk, divisor(chunk, 4), (offset) => {
          const value = v128.load(raw ? p.get : q.get, offset);
          f.emit(v128.store(q.get, v128.max(v128.zero, value), offset));
        });
      }
      for (const pointer of outputs) f.advance(pointer, 16 * chunk);
    });
    for (const pointer of outputs) f.advance(pointer, bytes(geo.pitch - geo.size));
    f.advance(stats, 8);
  });
}
type Pointer = Local<"i32">;
type Four = [Pointer, Pointer, Pointer, Pointer];

/** A plane's coefficients, and their constant in `bias`. */
function prepare(
  f: Fn,
  { table, coefficients, row, a }: Record<"table" | "coefficients" | "row" | "a", Pointer>,
  terms: Pointer,
  stats: Pointer,
  bias: Local<"f32">,
): void {
  const st = f.local("i32");
  const slope = f.local("f32");
  row.set(i32.add(table.get, i32.const(4)));
  a.set(coefficients.get);
  bias.set(f32.const(0));
  f.repeat(terms, () => {
    st.set(i32.add(i32.load(row.get, 4), stats.get));
    slope.set(f32.mul(f32.load(i32.load(row.get, 8)), f32.load(st.get, 4)));
    bias.set(f32.sub(bias.get, f32.mul(slope.get, f32.load(st.get))));
    f.emit(f32.store(a.get, slope.get));
    f.advance(row, 12);
    f.advance(a, 4);
  });
}

/** Adds the next so many terms' chunk to the sum's. */
function termsAdder(
  f: Fn,
  { row, a, plane, sum }: Record<"row" | "a" | "plane" | "sum", Pointer>,
  chunk: number,
): (count: number) => void {
  const weights = f.locals("v128", STREAMS);
  const from = f.locals("i32", STREAMS);
  return (count) => {
    const terms = range(count).map((t) => ({
      weight: weights[t] as Local<"v128">,
      y: from[t] as Pointer,
    }));
    terms.forEach(({ weight, y }, t) => {
      weight.set(v128.loadSplat(a.get, 4 * t));
      y.set(i32.add(i32.load(row.get, 12 * t), plane.get));
    });
    const pointers = [...terms.map(({ y }) => y), sum];
    sweep(f, pointers, 4 * chunk, divisor(chunk, 2), (offset) => {
      const all = terms.reduce(
        (total: V128, { weight, y }) => f.madd(v128.load(y.get, offset), weight.get, total),
        v128.load(sum.get, offset),
      );
      f.emit(v128.store(sum.get, all, offset));
    });
    f.advance(row, 12 * count);
    f.advance(a, 4 * count);
  };
}

/** g, y, sums: Σ g·y, a plane each: the gradient by the weight of a term that has no norm. */
export function dot(f: Fn, { n, geo }: SpecOf<"dot">): void {
  const [g, y, sums] = [f.param(0), f.param(1), f.param(2)];
  const unroll = divisor(geo.size / 4, 4);
  const acc = f.locals("v128", unroll);
  f.times(n, () => {
    for (const v of acc) v.set(v128.zero);
    sweep(f, [g, y], geo.size, unroll, (offset, u) => {
      const v = acc[u] as Local<"v128">;
      v.set(f.madd(v128.load(g.get, offset), v128.load(y.get, offset), v.get));
    });
    for (const p of [g, y]) f.advance(p, bytes(geo.pitch - geo.size));
    f.emit(f32.store(sums.get, v128.sum(acc.map((v) => v.get).reduce(v128.add))));
    f.advance(sums, 4);
  });
}
