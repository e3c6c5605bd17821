/** @file dx = scale · g: what a summand, a copy or a ReLU passes back. */
import type { SpecOf } from "../../compiler/spec.ts";
import { v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn } from "../../wasm/assembler/function.ts";
import { arrive, bytes, divisor, sweep } from "../../wasm/assembler/loops.ts";

/** g, scale, dx, relu */
export function scale(f: Fn, spec: SpecOf<"scale">): void {
  const { n, geo, masked } = spec;
  const [g, by, dx, relu] = [f.param(0), f.param(1), f.param(2), f.param(3)];
  const factor = f.let("v128", v128.loadSplat(by.get));
  const pointers = masked ? [g, dx, relu] : [g, dx];
  f.times(n, () => {
    sweep(f, pointers, geo.size, divisor(geo.size / 4, 4), (offset) =>
      arrive(f, spec, dx.get, relu.get, offset, v128.mul(v128.load(g.get, offset), factor.get)),
    );
    for (const p of pointers) f.advance(p, bytes(geo.pitch - geo.size));
  });
}
