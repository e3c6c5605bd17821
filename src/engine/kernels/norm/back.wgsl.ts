/** @file WGSL: gradient of scale · (y − mean)/σ: two dot products of a plane, then one affine pass over it. */
import { range, shader, sums, teamSum } from "../../webgpu/shader.ts";

/** g, y, st, scale, dscale, dy: one row a plane. */
export const normaliseBack = shader<
  "normaliseBack",
  "g" | "y" | "st" | "scale" | "dscale" | "dshift" | "dy" | "add" | "count"
>({
  words: ["g", "y", "st", "scale", "dscale", "dshift", "dy", "add", "count"],
  rows: (spec, [g = 0, y = 0, st = 0, by = 0, dscale = 0, dy = 0], { plane, scalar, part }) => {
    const { n, geo, affine, beta } = spec;
    const from = scalar(st, 2 * n);
    const scale = scalar(by, affine ? n : 1);
    const to = affine ? scalar(dscale, n) : part(dscale, n);
    const shift = affine ? scalar(dscale + beta, n) : 0;
    return range(n).map((i) => ({
      g: plane(g + i * geo.pitch),
      y: plane(y + i * geo.pitch),
      st: from + 2 * i,
      scale: affine ? scale + i : scale,
      dscale: to && to + i,
      dshift: shift && shift + i,
      dy: plane(dy + i * geo.pitch),
      add: Number(spec.add),
      count: geo.size / 4,
    }));
  },
  fixed: ({ add }) => ({ add: Number(add) }),
  groups: () => 1,
  reduces: true,
  shared: sums("vec2f", 1),
  code: () => `
  var sum = vec4f(0); var along = vec4f(0);
  for (var i = lane; i < count; i += team) {
    let grad = planes[g + i];
    sum += grad; along = fma(grad, planes[y + i], along);
  }
  ${teamSum("vec2f", ["vec2f(dot(sum, vec4f(1)), dot(along, vec4f(1)))"])}
  let mean = scalars[st]; let inverse = scalars[st + 1u]; let pixels = f32(count / b4 * lanes);
  let by = inverse * (total0.y - mean * total0.x);
  let a = scalars[scale] * inverse; let b = -a * inverse * by / pixels; let c = -a * total0.x / pixels - b * mean;
  if (lane == 0u && dscale != 0u) { scalars[dscale] = by; }
  if (lane == 0u && dshift != 0u) { scalars[dshift] = total0.x; }
  for (var i = lane; i < count; i += team) {
    var value = fma(planes[g + i], vec4f(a), fma(planes[y + i], vec4f(b), vec4f(c))) * counted(i);
    if (add != 0u) { value += planes[dy + i]; }
    planes[dy + i] = value;
  }
  workgroupBarrier(); // before the next row of the chain sums`,
});
