/** @file Every second pixel of both axes, from (shift, shift), and its gradient. */
import type { SpecOf } from "../../compiler/spec.ts";
import { v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { arrive, bytes } from "../../wasm/assembler/loops.ts";

/** x, y */
export function halve(f: Fn, spec: SpecOf<"halve">): void {
  const [x, y] = [f.param(0), f.param(1)];
  eachPixel(f, spec, [x], y, (offset) => f.emit(v128.store(y.get, v128.load(x.get, offset))));
}

/** dy, dx, relu */
export function halveBack(f: Fn, spec: SpecOf<"halveBack">): void {
  const [dy, dx, relu] = [f.param(0), f.param(1), f.param(2)];
  eachPixel(f, spec, spec.masked ? [dx, relu] : [dx], dy, (offset) =>
    arrive(f, { add: true, masked: spec.masked }, dx.get, relu.get, offset, v128.load(dy.get)),
  );
}

/** Visits all pixels of the half-size planes; `offset` is that of the full-size pixel. */
function eachPixel(
  f: Fn,
  { src, dst, n, shift }: SpecOf<"halve"> | SpecOf<"halveBack">,
  full: readonly Local<"i32">[],
  half: Local<"i32">,
  visit: (offset: number) => void,
): void {
  const offset = shift * bytes((src.w + 1) * src.b);
  f.times(n, () => {
    f.times(dst.h, () => {
      f.times(dst.w, () => {
        f.times(dst.b / 4, () => {
          visit(offset);
          for (const p of [...full, half]) f.advance(p, 16);
        });
        for (const p of full) f.advance(p, bytes(src.b));
      });
      for (const p of full) f.advance(p, bytes(src.w * src.b));
    });
    for (const p of full) f.advance(p, bytes(src.pitch - src.size));
    f.advance(half, bytes(dst.pitch - dst.size));
  });
}
