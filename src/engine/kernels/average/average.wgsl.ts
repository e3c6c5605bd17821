/** @file WGSL: global average pooling and its gradient. */
import { range, shader, spans, sweep, threads } from "../../webgpu/shader.ts";

/** x, y: one row a plane. */
export const average = shader<"average", "x" | "y" | "pixels">({
  words: ["x", "y", "pixels"],
  rows: ({ n, geo, dst }, [x = 0, y = 0], { plane }) =>
    range(n).map((i) => ({
      x: plane(x + i * geo.pitch),
      y: plane(y + i * dst.pitch),
      pixels: geo.h * geo.w,
    })),
  groups: ({ geo }) => threads(geo.b / 4),
  code: () => `
  if (id < b4) {
    var sum = vec4f(0);
    for (var p = 0u; p < pixels; p++) { sum += planes[x + p * b4 + id]; }
    planes[y + id] = sum / f32(pixels);
  }`,
});

/** dy, dx: one row a plane. */
export const averageBack = shader<"averageBack", "dy" | "dx" | "pixels" | "add">({
  words: ["dy", "dx", "pixels", "add"],
  rows: ({ n, geo, dst, add }, [dy = 0, dx = 0], { plane }) =>
    range(n).map((i) => ({
      dy: plane(dy + i * dst.pitch),
      dx: plane(dx + i * geo.pitch),
      pixels: geo.h * geo.w,
      add: Number(add),
    })),
  fixed: ({ add }) => ({ add: Number(add) }),
  groups: ({ geo }) => spans(geo.size / 4),
  code: () =>
    sweep(
      "pixels * b4",
      `
    var value = planes[dy + i % b4] / f32(pixels);
    if (add != 0u) { value += planes[dx + i]; }
    planes[dx + i] = value;`,
    ),
});
