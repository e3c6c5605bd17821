/** @file The WGSL body of every kernel kind. */
import type { Spec, SpecOf } from "../compiler/spec.ts";
import type { Shader } from "../webgpu/shader.ts";
import { average, averageBack } from "./average/average.wgsl.ts";
import { depthwiseBackWeight } from "./depthwise/back-weight.wgsl.ts";
import { depthwise, depthwiseBackInput } from "./depthwise/filter.wgsl.ts";
import { halve, halveBack } from "./halve/halve.wgsl.ts";
import { dot, mix } from "./mix/mix.wgsl.ts";
import { scale } from "./mix/scale.wgsl.ts";
import { normaliseBack } from "./norm/back.wgsl.ts";
import { normalise } from "./norm/normalise.wgsl.ts";
import { statistics } from "./norm/statistics.wgsl.ts";
import { patches, patchesBack } from "./patches/patches.wgsl.ts";
import { pointwiseBackWeight } from "./pointwise/back-weight.wgsl.ts";
import { biasBack, pointwise } from "./pointwise/matrix.wgsl.ts";
import { pool, poolBack } from "./pool/pool.wgsl.ts";
import { zero } from "./zero.wgsl.ts";

const shaders: { readonly [K in Spec["kind"]]: Shader<SpecOf<K>> } = {
  zero,
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

/** The shader of a kind. */
export const shaderOf = (kind: Spec["kind"]): Shader => shaders[kind] as Shader;
