/** @file WGSL: dx = scale · g: what a summand, a copy or a ReLU passes back. */
import { arrive, range, shader, spans, sweep } from "../../webgpu/shader.ts";

/** g, scale, dx, relu: one row a plane. */
export const scale = shader<"scale", "g" | "by" | "dx" | "relu" | "add" | "masked" | "count">({
  words: ["g", "by", "dx", "relu", "add", "masked", "count"],
  rows: ({ n, geo, add, masked }, [g = 0, by = 0, dx = 0, relu = 0], { plane, scalar }) =>
    range(n).map((i) => ({
      g: plane(g + i * geo.pitch),
      by: scalar(by, 1),
      dx: plane(dx + i * geo.pitch),
      relu: masked ? plane(relu + i * geo.pitch) : 0,
      add: Number(add),
      masked: Number(masked),
      count: geo.size / 4,
    })),
  fixed: ({ add, masked }) => ({ add: Number(add), masked: Number(masked) }),
  groups: ({ geo }) => spans(geo.size / 4),
  code: () => `
  let factor = scalars[by];
  ${sweep("count", `var value = planes[g + i] * factor; ${arrive("value", "dx + i", "relu + i")}`)}`,
});
