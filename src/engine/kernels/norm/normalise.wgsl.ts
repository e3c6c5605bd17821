/** @file WGSL: γ(y − mean)/σ + β, stored as it is, as its ReLU, or both. */
import { range, shader, spans, sweep } from "../../webgpu/shader.ts";

/** y, st, raw, relu, gamma, beta: one row a plane. */
export const normalise = shader<
  "normalise",
  "y" | "st" | "raw" | "relu" | "gamma" | "beta" | "affine" | "keepsRaw" | "keepsRelu" | "count"
>({
  words: ["y", "st", "raw", "relu", "gamma", "beta", "affine", "keepsRaw", "keepsRelu", "count"],
  rows: (spec, [y = 0, st = 0, raw = 0, relu = 0, gamma = 0, beta = 0], { plane, scalar }) => {
    const { n, geo, affine } = spec;
    const from = scalar(st, 2 * n);
    return range(n).map((i) => ({
      y: plane(y + i * geo.pitch),
      st: from + 2 * i,
      raw: spec.raw ? plane(raw + i * geo.pitch) : 0,
      relu: spec.relu ? plane(relu + i * geo.pitch) : 0,
      gamma: affine ? scalar(gamma, n) + i : 0,
      beta: affine ? scalar(beta, n) + i : 0,
      affine: Number(affine),
      keepsRaw: Number(spec.raw),
      keepsRelu: Number(spec.relu),
      count: geo.size / 4,
    }));
  },
  fixed: ({ affine, raw, relu }) => ({
    affine: Number(affine),
    keepsRaw: Number(raw),
    keepsRelu: Number(relu),
  }),
  groups: ({ geo }) => spans(geo.size / 4),
  code: () => `
  let mean = scalars[st];
  let slope = scalars[st + 1u] * select(1.0, scalars[gamma], affine != 0u);
  let shift = select(0.0, scalars[beta], affine != 0u);
  ${sweep(
    "count",
    `
    let value = fma(planes[y + i] - mean, vec4f(slope), vec4f(shift));
    if (keepsRaw != 0u) { planes[raw + i] = value; }
    if (keepsRelu != 0u) { planes[relu + i] = max(value, vec4f(0)); }`,
  )}`,
});
