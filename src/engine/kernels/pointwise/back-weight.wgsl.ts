/** @file WGSL: gradient of a 1×1 convolution by its matrix: a team sums a block of 4×4 dot products. */
import { repeat, shader, sums, teamSum } from "../../webgpu/shader.ts";

/** dy, x, dw: one row a matrix, one workgroup a block of it. */
export const pointwiseBackWeight = shader<
  "pointwiseBackWeight",
  "dy" | "x" | "dw" | "outputs" | "inputs" | "pitch" | "count"
>({
  words: ["dy", "x", "dw", "outputs", "inputs", "pitch", "count"],
  rows: (spec, [dy = 0, x = 0, dw = 0], { plane, scalar }) => [
    {
      dy: plane(dy),
      x: plane(x),
      dw: scalar(dw, spec.out * spec.in),
      outputs: spec.out,
      inputs: spec.in,
      pitch: spec.geo.pitch / 4,
      count: spec.geo.size / 4,
    },
  ],
  groups: (spec) => Math.ceil(spec.out / 4) * Math.ceil(spec.in / 4),
  reduces: true,
  shared: sums("vec4f", 4),
  code: () => `
  let wide = (inputs + 3u) / 4u; let o = group / wide * 4u; let c = group % wide * 4u;
  let end = select(0u, count, o < outputs);
  ${repeat(4, (r) => `var a${r} = vec4f(0); let g${r} = dy + min(o + ${r}u, outputs - 1u) * pitch; let p${r} = x + min(c + ${r}u, inputs - 1u) * pitch;`)}
  for (var i = lane; i < end; i += team) {
    ${repeat(4, (r) => `let x${r} = planes[p${r} + i];`, " ")}
    ${repeat(4, (r) => `{ let g = planes[g${r} + i]; a${r} += vec4f(dot(g, x0), dot(g, x1), dot(g, x2), dot(g, x3)); }`, "\n    ")}
  }
  ${teamSum("vec4f", ["a0", "a1", "a2", "a3"])}
  if (lane == 0u) {
    ${repeat(4, (r) => repeat(4, (q) => `if (o + ${r}u < outputs && c + ${q}u < inputs) { scalars[dw + (o + ${r}u) * inputs + c + ${q}u] += total${r}[${q}]; }`, "\n    "), "\n    ")}
  }`,
});
