/**
 * @file Slides a window over planes: blocks of a few output columns, whose sums stay in registers. Which source
 * columns a block reads, borders included, is settled when the code is made; only rows are checked as it runs.
 */
import type { Window } from "../../compiler/geometry.ts";
import { type I32, i32 } from "./expressions.ts";
import type { Fn, Local } from "./function.ts";
import { bytes, divisor, range } from "./loops.ts";

/** One product: output column `o` of the block takes tap `j` of a source column. */
export interface Use {
  readonly o: number;
  readonly j: number;
}
export type Reads = ReadonlyMap<number, readonly Use[]>;
type Shape = Pick<Window, "k" | "d" | "s" | "src" | "dst">;

/** For output columns `from` … `from + block`: which source column feeds which (column, tap). */
export function columns(
  { k, d, s, src }: Shape,
  back: boolean,
  from: number,
  block: number,
): Reads {
  const radius = ((k - 1) / 2) * d;
  const found = new Map<number, Use[]>();
  for (const o of range(block))
    for (const j of range(k)) {
      const w = from + o;
      const column = back ? (w + radius - j * d) / s : w * s + j * d - radius;
      if (Number.isInteger(column) && column >= 0 && column < src.w)
        found.set(column, [...(found.get(column) ?? []), { o, j }]);
    }
  return found;
}
/** Output columns that are computed together: more would spill registers, except where a value has many uses. */
export const blockOf = ({ k, dst }: Pick<Shape, "k" | "dst">): number =>
  divisor(dst.w, k > 3 ? 8 : 4);

/** What happens at each block of outputs. */
export interface Visitor {
  begin(): void;
  /** Tap row `i` lies inside: `line` is the byte offset of its source row and this vector, `row` its number. */
  row(i: number, line: I32, row: I32, reads: Reads): void;
  /** Column `o` of the block is done; it goes to byte `offset` of the output row plus `vector`. */
  finish(o: number, offset: number, vector: I32): void;
  endRow?(): void;
}

/** Visits all outputs of `n` planes; with `back`, the window's transpose. Advances `inputs` by plane, `outputs` by row. */
export function slide(
  f: Fn,
  window: Window,
  back: boolean,
  inputs: readonly Local<"i32">[],
  outputs: readonly Local<"i32">[],
  visitor: Visitor,
  eachPlane: () => void = () => undefined,
): void {
  const { k, d, s, src, dst, n } = window;
  const block = blockOf(window);
  const radius = ((k - 1) / 2) * d;
  const line = bytes(dst.w * dst.b);
  const strided = back && s === 2;
  const [top, q, row, at] = f.locals("i32", 4) as [Index, Index, Index, Index];
  f.times(n, () => {
    top.set(i32.const(back ? radius : -radius));
    f.times(dst.h, () => {
      for (const from of range(dst.w / block).map((i) => i * block)) {
        const reads = columns(window, back, from, block);
        q.set(i32.const(0));
        f.times(dst.b / 4, () => {
          visitor.begin();
          for (const i of range(k)) {
            const place = i32.add(top.get, i32.const(back ? -i * d : i * d));
            row.set(strided ? i32.shiftRight(place, i32.const(1)) : place);
            const inside = i32.lessUnsigned(row.get, i32.const(src.h));
            const even = i32.isZero(i32.and(place, i32.const(1)));
            f.when(strided ? i32.and(inside, even) : inside, () => {
              at.set(i32.add(i32.mul(row.get, i32.const(bytes(src.w * src.b))), q.get));
              visitor.row(i, at.get, row.get, reads);
            });
          }
          for (const o of range(block)) visitor.finish(o, bytes((from + o) * dst.b), q.get);
          f.advance(q, 16);
        });
      }
      f.advance(top, back ? 1 : s);
      for (const p of outputs) f.advance(p, line);
      visitor.endRow?.();
    });
    for (const p of inputs) f.advance(p, bytes(src.pitch));
    for (const p of outputs) f.advance(p, bytes(dst.pitch) - line * dst.h);
    eachPlane();
  });
}
type Index = Local<"i32">;
