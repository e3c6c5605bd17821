/** @file Mean and 1/σ of each plane, in one pass: sums of differences from the plane's first value keep their digits. */
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { bytes, counted, sweep, togetherIn, total } from "../../wasm/assembler/loops.ts";

/** Added to the variance, as in PyTorch. */
const EPSILON = 1e-5;

/** y, st */
export function statistics(f: Fn, { n, geo }: SpecOf<"statistics">): void {
  const [y, st] = [f.param(0), f.param(1)];
  const together = togetherIn(geo);
  const sums = f.locals("v128", Math.min(4, together));
  const squares = f.locals("v128", Math.min(4, together));
  const p = f.local("i32");
  const shift = f.local("v128");
  const value = f.local("v128");
  const count = geo.h * geo.w * geo.lanes;
  f.times(n, () => {
    for (const a of [...sums, ...squares]) a.set(v128.zero);
    shift.set(v128.loadSplat(y.get));
    p.set(y.get);
    sweep(f, [p], geo.size, together, (offset, u) => {
      const [sum, square] = [sums[u % 4] as Local<"v128">, squares[u % 4] as Local<"v128">];
      value.set(counted(geo, u, v128.sub(v128.load(p.get, offset), shift.get)));
      sum.set(v128.add(sum.get, value.get));
      square.set(f.madd(value.get, value.get, square.get));
    });
    const mean = f.let("f32", f32.div(total(f, sums).get, f32.const(count)));
    const variance = f32.sub(
      f32.div(total(f, squares).get, f32.const(count)),
      f32.mul(mean.get, mean.get),
    );
    const sigma = f32.sqrt(f32.add(variance, f32.const(EPSILON)));
    f.emit(f32.store(st.get, f32.add(mean.get, v128.lane(shift.get, 0))));
    f.emit(f32.store(st.get, f32.div(f32.const(1), sigma), 4));
    f.advance(y, bytes(geo.pitch));
    f.advance(st, 8);
  });
}
