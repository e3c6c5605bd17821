/** @file Global average pooling and its gradient: a plane of pixels to a plane of one pixel and back. */
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, i32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn } from "../../wasm/assembler/function.ts";
import { arrive, bytes } from "../../wasm/assembler/loops.ts";

/** x, y */
export function average(f: Fn, { n, geo, dst }: SpecOf<"average">): void {
  const [x, y] = [f.param(0), f.param(1)];
  const pixels = geo.h * geo.w;
  const p = f.local("i32");
  const sum = f.local("v128");
  f.times(n, () => {
    f.times(geo.b / 4, () => {
      p.set(x.get);
      sum.set(v128.zero);
      f.times(pixels, () => {
        sum.set(v128.add(sum.get, v128.load(p.get)));
        f.advance(p, bytes(geo.b));
      });
      f.emit(v128.store(y.get, v128.mul(sum.get, v128.splat(f32.const(1 / pixels)))));
      f.advance(x, 16);
      f.advance(y, 16);
    });
    f.advance(x, bytes(geo.pitch - geo.b));
    f.advance(y, bytes(dst.pitch - dst.size));
  });
}

/** dy, dx */
export function averageBack(f: Fn, { n, geo, dst, add }: SpecOf<"averageBack">): void {
  const [dy, dx] = [f.param(0), f.param(1)];
  const pixels = geo.h * geo.w;
  const p = f.local("i32");
  const share = f.local("v128");
  f.times(n, () => {
    f.times(geo.b / 4, () => {
      p.set(dx.get);
      share.set(v128.mul(v128.load(dy.get), v128.splat(f32.const(1 / pixels))));
      f.times(pixels, () => {
        arrive(f, { add, masked: false }, p.get, i32.const(0), 0, share.get);
        f.advance(p, bytes(geo.b));
      });
      f.advance(dx, 16);
      f.advance(dy, 16);
    });
    f.advance(dx, bytes(geo.pitch - geo.b));
    f.advance(dy, bytes(dst.pitch - dst.size));
  });
}
