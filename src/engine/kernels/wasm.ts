/** @file The WebAssembly body of every kernel kind. */
import { ARITY, type Spec, type SpecOf } from "../compiler/spec.ts";
import { Fn } from "../wasm/assembler/function.ts";
import { bytes } from "../wasm/assembler/loops.ts";
import { average, averageBack } from "./average/average.ts";
import { depthwiseBackWeight } from "./depthwise/back-weight.ts";
import { depthwise, depthwiseBackInput } from "./depthwise/filter.ts";
import { halve, halveBack } from "./halve/halve.ts";
import { dot, mix } from "./mix/mix.ts";
import { scale } from "./mix/scale.ts";
import { normaliseBack } from "./norm/back.ts";
import { normalise } from "./norm/normalise.ts";
import { statistics } from "./norm/statistics.ts";
import { patches, patchesBack } from "./patches/patches.ts";
import { pointwiseBackWeight } from "./pointwise/back-weight.ts";
import { biasBack, pointwise } from "./pointwise/matrix.ts";
import { poolBack } from "./pool/back.ts";
import { pool } from "./pool/pool.ts";

const bodies: { readonly [K in Spec["kind"]]: (f: Fn, spec: SpecOf<K>) => void } = {
  zero: (f, { size }) => f.fill(f.param(0).get, bytes(size)),
  depthwise,
  depthwiseBackInput,
  depthwiseBackWeight,
  patches,
  patchesBack,
  pointwise,
  pointwiseBackWeight,
  biasBack,
  statistics,
  normalise,
  normaliseBack,
  mix,
  dot,
  scale,
  pool,
  poolBack,
  halve,
  halveBack,
  average,
  averageBack,
};

/** A kernel as a function of `ARITY` byte addresses. */
export function emit(spec: Spec, relaxed: boolean): Fn {
  const f = new Fn(ARITY, relaxed);
  (bodies[spec.kind] as (f: Fn, spec: Spec) => void)(f, spec);
  return f;
}
