/** @file From a layer's kind to the function that computes it. */
import { concat, mean, relu, type Tensor, type Tensor4D } from "@tensorflow/tfjs-core";
import type { Layer } from "../network/network.ts";
import { conv } from "./conv.ts";
import { depthwise } from "./depthwise.ts";
import type { Evaluation, LayerOf } from "./evaluation.ts";
import { linear } from "./linear.ts";
import { mix } from "./mix.ts";
import { norm } from "./norm.ts";
import { phase } from "./phases.ts";
import { pool } from "./pool.ts";
import { total } from "./sum.ts";

type Kinds = {
  readonly [K in Layer["kind"]]: (layer: LayerOf<K>, at: Evaluation) => Tensor;
};

/** Images are (batch, height, width, channels) here, and (channels, height, width) in `layer.shape`. */
export const layers: Kinds = {
  input: (_, at) => at.input,
  relu: ({ x }, at) => relu(at.value(x)),
  conv,
  depthwise,
  pool,
  norm,
  halve: ({ x, shift }, at) => phase(at.image(x), shift),
  mix,
  sum: ({ xs }, at) => total(xs.map(at.value)),
  concat: ({ xs }, at) => concat(xs.map(at.image) as Tensor4D[], 3),
  average: ({ x }, at) => mean(at.image(x), [1, 2]),
  linear,
};
