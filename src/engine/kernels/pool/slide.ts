/**
 * @file Slides a 3×3 window over planes: blocks of a few output columns, whose sums stay in registers. Which source
 * columns a block reads, borders included, is settled when the code is made; only rows are checked as it runs.
 */
import type { Geometry, Window } from "../../compiler/geometry.ts";
import { type I32, i32 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { bytes, divisor, range } from "../../wasm/assembler/loops.ts";
import { along } from "../../wasm/assembler/taps.ts";

/** One use of a source column: output column `o` of the block takes it as tap `j`. */
interface Use {
  readonly o: number;
  readonly j: number;
}
type Reads = ReadonlyMap<number, readonly Use[]>;

/** For output columns `from` … `from + block`: which of `width` source columns feeds which (column, tap). */
function reads(window: Window, back: boolean, from: number, block: number, width: number): Reads {
  const found = new Map<number, Use[]>();
  for (const o of range(block))
    for (const { tap, at } of along(window, back, from + o, width))
      found.set(at, [...(found.get(at) ?? []), { o, j: tap }]);
  return found;
}
/** Output columns that are computed together: more would spill registers. */
export const blockOf = ({ w }: Geometry): number => divisor(w, 4);

/** What happens at each block of outputs. */
interface Visitor {
  begin(): void;
  /** Tap row `i` lies inside: `line` is the byte offset of its source row and this vector, `row` its number. */
  row(i: number, line: I32, row: I32, reads: Reads): void;
  /** Column `o` of the block is done; it goes to byte `offset` of the output row plus `vector`. */
  finish(o: number, offset: number, vector: I32): void;
  endRow?(): void;
}

/** Visits all outputs of a pool's planes; with `back`, the window's transpose. Advances `inputs` by plane, `outputs` by row. */
export function slide(
  f: Fn,
  { s, src, dst, n }: Pick<Window, "s" | "src" | "dst" | "n">,
  back: boolean,
  inputs: readonly Local<"i32">[],
  outputs: readonly Local<"i32">[],
  visitor: Visitor,
  eachPlane: () => void = () => undefined,
): void {
  const window: Window = { k: 3, d: 1, s, src, dst, n };
  const [from, to] = back ? [dst, src] : [src, dst];
  const block = blockOf(to);
  const line = bytes(to.w * to.b);
  const strided = back && s === 2;
  const [top, q, row, at] = f.locals("i32", 4) as [Index, Index, Index, Index];
  f.times(n, () => {
    top.set(i32.const(back ? 1 : -1));
    f.times(to.h, () => {
      for (const first of range(to.w / block).map((i) => i * block)) {
        const columns = reads(window, back, first, block, from.w);
        q.set(i32.const(0));
        f.times(to.b / 4, () => {
          visitor.begin();
          for (const i of range(3)) {
            const place = i32.add(top.get, i32.const(back ? -i : i));
            row.set(strided ? i32.shiftRight(place, i32.const(1)) : place);
            const inside = i32.lessUnsigned(row.get, i32.const(from.h));
            const even = i32.isZero(i32.and(place, i32.const(1)));
            f.when(strided ? i32.and(inside, even) : inside, () => {
              at.set(i32.add(i32.mul(row.get, i32.const(bytes(from.w * from.b))), q.get));
              visitor.row(i, at.get, row.get, columns);
            });
          }
          for (const o of range(block)) visitor.finish(o, bytes((first + o) * to.b), q.get);
          f.advance(q, 16);
        });
      }
      f.advance(top, back ? 1 : s);
      for (const p of outputs) f.advance(p, line);
      visitor.endRow?.();
    });
    for (const p of inputs) f.advance(p, bytes(from.pitch));
    for (const p of outputs) f.advance(p, bytes(to.pitch) - line * to.h);
    eachPlane();
  });
}
type Index = Local<"i32">;
