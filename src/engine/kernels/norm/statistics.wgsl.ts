/** @file WGSL: mean and 1/σ of each plane; sums of differences from the plane's first value keep their digits. */
import { range, shader, sums, teamSum } from "../../webgpu/shader.ts";

/** y, st: one row a plane. */
export const statistics = shader<"statistics", "y" | "st" | "count">({
  words: ["y", "st", "count"],
  rows: ({ n, geo }, [y = 0, st = 0], { plane, scalar }) => {
    const to = scalar(st, 2 * n);
    return range(n).map((i) => ({
      y: plane(y + i * geo.pitch),
      st: to + 2 * i,
      count: geo.size / 4,
    }));
  },
  groups: () => 1,
  reduces: true,
  shared: sums("vec2f", 1),
  code: () => `
  let shift = planes[y].x; var sum = vec4f(0); var square = vec4f(0);
  for (var i = lane; i < count; i += team) {
    let value = (planes[y + i] - shift) * counted(i);
    sum += value; square = fma(value, value, square);
  }
  ${teamSum("vec2f", ["vec2f(dot(sum, vec4f(1)), dot(square, vec4f(1)))"])}
  if (lane == 0u) {
    let moments = total0 / f32(count / b4 * lanes);
    scalars[st] = shift + moments.x;
    scalars[st + 1u] = 1.0 / sqrt(moments.y - moments.x * moments.x + 1e-5);
  }`,
});
