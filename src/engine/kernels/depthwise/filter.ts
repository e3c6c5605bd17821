/**
 * @file Depthwise convolution, and its gradient by the input: each plane is correlated with its own k×k filter, or with
 * the transpose of that. One row of the filter at a time goes over one row of the output, which waits in the first-level
 * cache meanwhile. The stores keep the loads in their order: without them V8 would move all loads of a block to its
 * beginning and spill most registers.
 */
import type { Geometry, Window } from "../../compiler/geometry.ts";
import type { Arrival, SpecOf } from "../../compiler/spec.ts";
import { i32, type V128, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { arrive, bytes, divisor, range } from "../../wasm/assembler/loops.ts";
import {
  along,
  interleaved,
  passesOver,
  type TapRow,
  type Use,
} from "../../wasm/assembler/taps.ts";

/** x, w, y */
export function depthwise(f: Fn, { window }: SpecOf<"depthwise">): void {
  filter(f, window, false, { add: false, masked: false });
}

/** dy, w, dx, relu */
export function depthwiseBackInput(f: Fn, spec: SpecOf<"depthwiseBackInput">): void {
  filter(f, spec.window, true, spec);
}

/** Columns in a loop's body, at least, where the image is narrow: several vectors of the batch side by side. */
const LEAST_COLUMNS = 16;

function filter(f: Fn, window: Window, back: boolean, arrival: Arrival): void {
  const { k, n } = window;
  const [from, to] = back ? [window.dst, window.src] : [window.src, window.dst];
  const [x, w, y, relu] = [f.param(0), f.param(1), f.param(2), f.param(3)];
  const outputs = arrival.masked ? [y, relu] : [y];
  const line = outputs.map(() => f.local("i32"));
  const top = f.local("i32");
  const width = bytes(to.w * to.b);
  const emitPass = passEmitter(f, window, back, { from, to }, line);
  f.times(n, () => {
    for (const { first, step, count, rowStep, taps } of passesOver(window, back, to.h, from.h)) {
      line.forEach((p, i) => {
        p.set(i32.add((outputs[i] as Local<"i32">).get, i32.const(first * width)));
      });
      top.set(i32.const(0));
      f.times(count, () => {
        // The first row of the filter to arrive replaces what was there, and so must lie inside everywhere.
        let started = arrival.add;
        if (!started && !taps[0]?.always) {
          f.fill((line[0] as Local<"i32">).get, width);
          started = true;
        }
        for (const tap of taps) {
          const row = f.let("i32", i32.add(top.get, i32.const(tap.base)));
          const at = i32.add(x.get, i32.mul(row.get, i32.const(bytes(from.w * from.b))));
          const pass = () => emitPass(tap, at, w, { add: started, masked: arrival.masked });
          if (tap.always) pass();
          else f.when(i32.lessUnsigned(row.get, i32.const(from.h)), pass);
          started = true;
        }
        f.advance(top, rowStep);
        for (const p of line) f.advance(p, step * width);
      });
    }
    f.advance(x, bytes(from.pitch));
    f.advance(w, bytes(k * k));
    for (const p of outputs) f.advance(p, bytes(to.pitch));
  });
}

/** Emits one row of the filter over one row of the output. */
function passEmitter(
  f: Fn,
  window: Window,
  back: boolean,
  { from, to }: { readonly from: Geometry; readonly to: Geometry },
  line: readonly Local<"i32">[],
): (tap: TapRow, at: readonly number[], w: Local<"i32">, arrival: Arrival) => void {
  const { k } = window;
  const taps = f.locals("v128", k);
  const held = f.locals("v128", from.w);
  const sum = f.local("v128");
  const source = f.local("i32");
  const pointers = line.map(() => f.local("i32"));
  const [out, mask = out] = pointers as [Local<"i32">, Local<"i32">?];
  const columns = interleaved(window, back, to.w).map((o) => ({
    o,
    uses: along(window, back, o, from.w),
  }));
  const used = new Set(columns.flatMap(({ uses }) => uses.map(({ tap }) => tap)));
  const together = divisor(to.b / 4, Math.max(1, Math.floor(LEAST_COLUMNS / to.w)));
  return ({ i }, at, w, arrival) => {
    source.set(at);
    pointers.forEach((p, index) => {
      p.set((line[index] as Local<"i32">).get);
    });
    for (const j of used) (taps[j] as Vector).set(v128.loadSplat(w.get, bytes(i * k + j)));
    f.times(to.b / 4 / together, () => {
      for (const u of range(together)) {
        const loaded = new Set<number>();
        const value = (column: number): V128 => {
          const local = held[column] as Vector;
          if (!loaded.has(column))
            local.set(v128.load(source.get, bytes(column * from.b) + 16 * u));
          loaded.add(column);
          return local.get;
        };
        for (const { o, uses } of columns) {
          const offset = bytes(o * to.b) + 16 * u;
          column(f, uses, taps, value, sum, arrival, out, mask, offset);
        }
      }
      for (const p of [source, ...pointers]) f.advance(p, 16 * together);
    });
  };
}

/** One vector of the output: it gets the products of this row's taps. */
function column(
  f: Fn,
  uses: readonly Use[],
  taps: readonly Vector[],
  value: (column: number) => V128,
  sum: Vector,
  arrival: Arrival,
  out: Local<"i32">,
  mask: Local<"i32">,
  offset: number,
): void {
  const tapOf = ({ tap }: Use): V128 => (taps[tap] as Vector).get;
  const [first, ...rest] = uses;
  if (!first) {
    if (!arrival.add) f.emit(v128.store(out.get, v128.zero, offset));
    return;
  }
  const inPlace = arrival.add && !arrival.masked;
  const product = (use: Use) => [value(use.at), tapOf(use)] as const;
  const [a, b] = product(first);
  sum.set(inPlace ? f.madd(a, b, v128.load(out.get, offset)) : v128.mul(a, b));
  for (const use of rest) {
    const [a, b] = product(use);
    sum.set(f.madd(a, b, sum.get));
  }
  if (inPlace) f.emit(v128.store(out.get, sum.get, offset));
  else arrive(f, arrival, out.get, mask.get, offset, sum.get);
}
type Vector = Local<"v128">;
