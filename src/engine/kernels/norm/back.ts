/**
 * @file Gradient of scale · (y − mean)/σ, plane by plane: two dot products, which also are the gradient by the scale
 * (a mixture weight or γ) and the shift, then one affine pass: ∂y = a·g + b·y + c.
 */
import type { Geometry } from "../../compiler/geometry.ts";
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { bytes, counted, range, sweep, togetherIn, total } from "../../wasm/assembler/loops.ts";

/** g, y, st, scale, dscale, dy */
export function normaliseBack(f: Fn, spec: SpecOf<"normaliseBack">): void {
  const { n, geo, add, affine, beta } = spec;
  const [g, y, st, scale, dscale, dy] = range(6).map((i) => f.param(i)) as Six;
  const together = togetherIn(geo);
  const sums = f.locals("v128", Math.min(4, together));
  const dots = f.locals("v128", Math.min(4, together));
  const [p, q, to] = f.locals("i32", 3) as [Local<"i32">, Local<"i32">, Local<"i32">];
  const [grad, value, a, b, c] = f.locals("v128", 5) as Five;
  f.times(n, () => {
    for (const v of [...sums, ...dots]) v.set(v128.zero);
    p.set(g.get);
    q.set(y.get);
    sweep(f, [p, q], geo.size, together, (offset, u) => {
      const [sum, dot] = [sums[u % 4] as Local<"v128">, dots[u % 4] as Local<"v128">];
      grad.set(v128.load(p.get, offset));
      dot.set(f.madd(grad.get, v128.load(q.get, offset), dot.get));
      sum.set(v128.add(sum.get, grad.get));
    });
    const sum = total(f, sums);
    const along = coefficients(f, geo, { st, scale }, sum, total(f, dots), { a, b, c });
    f.emit(f32.store(dscale.get, along.get));
    if (affine) f.emit(f32.store(dscale.get, sum.get, bytes(beta)));
    p.set(g.get);
    q.set(y.get);
    to.set(dy.get);
    sweep(f, [p, q, to], geo.size, together, (offset, u) => {
      grad.set(v128.load(p.get, offset));
      const bent = f.madd(v128.load(q.get, offset), b.get, c.get);
      value.set(counted(geo, u, f.madd(grad.get, a.get, bent)));
      const all = add ? v128.add(v128.load(to.get, offset), value.get) : value.get;
      f.emit(v128.store(to.get, all, offset));
    });
    for (const pointer of [g, y, dy]) f.advance(pointer, bytes(geo.pitch));
    f.advance(st, 8);
    f.advance(dscale, 4);
    if (affine) f.advance(scale, 4);
  });
}

/** Sets a, b, c from Σg and Σg·y; returns Σ g·(y − mean)/σ. */
function coefficients(
  f: Fn,
  geo: Geometry,
  { st, scale }: { st: Local<"i32">; scale: Local<"i32"> },
  sum: Local<"f32">,
  dot: Local<"f32">,
  { a, b, c }: { a: Local<"v128">; b: Local<"v128">; c: Local<"v128"> },
): Local<"f32"> {
  const minusCount = f32.const(-geo.h * geo.w * geo.lanes);
  const mean = f.let("f32", f32.load(st.get));
  const inverse = f.let("f32", f32.load(st.get, 4));
  const along = f.let("f32", f32.mul(inverse.get, f32.sub(dot.get, f32.mul(mean.get, sum.get))));
  const slope = f.let("f32", f32.mul(f32.load(scale.get), inverse.get));
  const bend = f.let(
    "f32",
    f32.div(f32.mul(f32.mul(slope.get, inverse.get), along.get), minusCount),
  );
  const level = f32.div(f32.mul(slope.get, sum.get), minusCount);
  a.set(v128.splat(slope.get));
  b.set(v128.splat(bend.get));
  c.set(v128.splat(f32.sub(level, f32.mul(bend.get, mean.get))));
  return along;
}
type Five = [Local<"v128">, Local<"v128">, Local<"v128">, Local<"v128">, Local<"v128">];
type Six = [Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">];
