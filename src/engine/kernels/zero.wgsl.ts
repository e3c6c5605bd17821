/** @file WGSL: zeros where gradients are added. */
import { GROUP, range, SPAN, shader, spans, sweep } from "../webgpu/shader.ts";

const ROW = GROUP * SPAN * 4;

/** One row a stretch of `ROW` vectors. */
export const zero = shader<"zero", "to" | "count">({
  words: ["to", "count"],
  rows: ({ size }, [to = 0], { plane }) =>
    range(Math.ceil(size / 4 / ROW)).map((i) => ({
      to: plane(to) + i * ROW,
      count: Math.min(ROW, size / 4 - i * ROW),
    })),
  groups: ({ size }) => spans(Math.min(ROW, size / 4)),
  code: () => sweep("count", "planes[to + i] = vec4f(0);"),
});
