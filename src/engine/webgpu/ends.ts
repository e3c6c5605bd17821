/** @file WGSL of what happens at both ends of a network: images in, the loss and its gradient, the mixture's gradient out. */
import type { Plan } from "../compiler/plan.ts";
import { GROUP, range, type Shader, sums, teamSum, threads } from "./shader.ts";

/** Where an evaluation's inputs and results are: offsets in `scalars`. */
export interface Ends {
  readonly plan: Plan;
  /** (batch, height, width, channels) */
  readonly images: number;
  /** As bits of int32. */
  readonly labels: number;
  readonly loss: number;
  readonly mixtureGradient: number;
  /** Offsets in `chosen` of each mixture entry's parts: [count, (at, n)…]. */
  readonly sums: readonly number[];
}

/** Images (batch, height, width, channels) to planes with the batch innermost: one row a channel. */
export const layOutImages: Shader<Ends> = {
  words: ["source", "to", "channel", "channels", "pixels"],
  rows: ({ plan: { image }, images }, _, { plane }) =>
    range(image.n).map((channel) => ({
      source: images,
      to: plane(image.at + channel * image.geo.pitch),
      channel,
      channels: image.n,
      pixels: image.geo.h * image.geo.w,
    })),
  groups: ({ plan: { image } }) => threads(image.geo.size / 4),
  code: () => `
  let v = id % b4; let pixel = id / b4;
  if (pixel < pixels) {
    var value = vec4f(0);
    for (var u = 0u; u < 4u; u++) {
      let image = 4u * v + u;
      if (image < lanes) { value[u] = scalars[source + (image * pixels + pixel) * channels + channel]; }
    }
    planes[to + id] = value;
  }`,
};

/** Softmax cross-entropy of the logits, its mean over the batch and its gradient by them: one row, four images a thread. */
export const crossEntropy: Shader<Ends> = {
  words: ["logits", "gradient", "pitch", "gradientPitch", "classes", "labels", "loss"],
  rows: ({ plan, labels, loss }, _, { plane }) => [
    {
      logits: plane(plan.logits.at),
      gradient: plane(plan.logitsGradient.at),
      pitch: plan.logits.geo.pitch / 4,
      gradientPitch: plan.logitsGradient.geo.pitch / 4,
      classes: plan.logits.n,
      labels,
      loss,
    },
  ],
  groups: () => 1,
  shared: `var<workgroup> losses: array<f32, ${GROUP}>;`,
  code: () => `
  var mine = 0.0;
  for (var v = lane; v < b4; v += ${GROUP}u) {
    var top = vec4f(-3.4e38); var norm = vec4f(0); var wanted = vec4f(0); var label = vec4u(0);
    for (var u = 0u; u < 4u; u++) { label[u] = bitcast<u32>(scalars[labels + min(4u * v + u, lanes - 1u)]); }
    for (var k = 0u; k < classes; k++) { top = max(top, planes[logits + k * pitch + v]); }
    for (var k = 0u; k < classes; k++) {
      let z = planes[logits + k * pitch + v];
      norm += exp(z - top); wanted = select(wanted, z, label == vec4u(k));
    }
    for (var k = 0u; k < classes; k++) {
      let share = exp(planes[logits + k * pitch + v] - top) / norm;
      planes[gradient + k * gradientPitch + v] =
        select(vec4f(0), (share - vec4f(label == vec4u(k))) / f32(lanes), counted(v) > vec4f(0));
    }
    mine += dot(select(vec4f(0), log(norm) + top - wanted, counted(v) > vec4f(0)), vec4f(1));
  }
  losses[lane] = mine;
  workgroupBarrier();
  if (lane == 0u) {
    var total = 0.0;
    for (var i = 0u; i < ${GROUP}u; i++) { total += losses[i]; }
    scalars[loss] = total / f32(lanes);
  }`,
};

/** The gradient of each mixture entry: the sum of all its parts that ran. One row an entry. */
export const sumMixture: Shader<Ends> = {
  words: ["parts", "to"],
  rows: ({ sums, mixtureGradient }) =>
    sums.map((parts, entry) => ({ parts, to: mixtureGradient + entry })),
  groups: () => 1,
  reduces: true,
  shared: sums("f32", 1),
  code: () => `
  var sum = 0.0; let end = parts + 1u + 2u * chosen[parts];
  for (var t = parts + 1u; t < end; t += 2u) {
    for (var c = lane; c < chosen[t + 1u]; c += team) { sum += scalars[chosen[t] + c]; }
  }
  ${teamSum("f32", ["sum"])}
  if (lane == 0u) { scalars[to] = total0; }`,
};
