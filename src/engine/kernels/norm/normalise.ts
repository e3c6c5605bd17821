/** @file γ(y − mean)/σ + β, stored as it is, as its ReLU, or both. */
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { bytes, divisor, range, sweep } from "../../wasm/assembler/loops.ts";

/** y, st, raw, relu, gamma, beta */
export function normalise(f: Fn, { n, geo, raw, relu, affine }: SpecOf<"normalise">): void {
  const [y, st, to, positive, gamma, beta] = range(6).map((i) => f.param(i)) as Six;
  const slope = f.local("f32");
  const [a, b, value] = f.locals("v128", 3) as [Local<"v128">, Local<"v128">, Local<"v128">];
  const pointers = [y, ...(raw ? [to] : []), ...(relu ? [positive] : [])];
  f.times(n, () => {
    const inverse = f32.load(st.get, 4);
    slope.set(affine ? f32.mul(inverse, f32.load(gamma.get)) : inverse);
    a.set(v128.splat(slope.get));
    const shift = f32.mul(f32.load(st.get), slope.get);
    b.set(v128.splat(f32.sub(affine ? f32.load(beta.get) : f32.const(0), shift)));
    sweep(f, pointers, geo.size, divisor(geo.size / 4, 4), (offset) => {
      value.set(f.madd(v128.load(y.get, offset), a.get, b.get));
      if (raw) f.emit(v128.store(to.get, value.get, offset));
      if (relu) f.emit(v128.store(positive.get, v128.max(v128.zero, value.get), offset));
    });
    for (const p of pointers) f.advance(p, bytes(geo.pitch - geo.size));
    f.advance(st, 8);
    if (affine) for (const p of [gamma, beta]) f.advance(p, 4);
  });
}
type Six = [Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">];
