/** @file WGSL: every second pixel of both axes, from (shift, shift), and its gradient. */
import { range, shader, threads } from "../../webgpu/shader.ts";

/** Where a thread's pixel of the smaller plane lies in the larger one. */
const places = `
  let v = id % b4; let column = id / b4 % columns; let line = id / b4 / columns;
  let at = ((2u * line + shift) * width + 2u * column + shift) * b4 + v;`;

/** x, y: one row a plane. */
export const halve = shader<"halve", "x" | "y" | "shift" | "width" | "rows" | "columns">({
  words: ["x", "y", "shift", "width", "rows", "columns"],
  rows: ({ shift, src, dst, n }, [x = 0, y = 0], { plane }) =>
    range(n).map((i) => ({
      x: plane(x + i * src.pitch),
      y: plane(y + i * dst.pitch),
      shift,
      width: src.w,
      rows: dst.h,
      columns: dst.w,
    })),
  groups: ({ dst }) => threads(dst.size / 4),
  code: () => `${places}
  if (line < rows) { planes[y + id] = planes[x + at]; }`,
});

/** dy, dx, relu: one row a plane; always adds. */
export const halveBack = shader<
  "halveBack",
  "dy" | "dx" | "relu" | "masked" | "shift" | "width" | "rows" | "columns"
>({
  words: ["dy", "dx", "relu", "masked", "shift", "width", "rows", "columns"],
  rows: ({ shift, src, dst, n, masked }, [dy = 0, dx = 0, relu = 0], { plane }) =>
    range(n).map((i) => ({
      dy: plane(dy + i * dst.pitch),
      dx: plane(dx + i * src.pitch),
      relu: masked ? plane(relu + i * src.pitch) : 0,
      masked: Number(masked),
      shift,
      width: src.w,
      rows: dst.h,
      columns: dst.w,
    })),
  fixed: ({ masked }) => ({ masked: Number(masked) }),
  groups: ({ dst }) => threads(dst.size / 4),
  code: () => `${places}
  if (line < rows) {
    var value = planes[dy + id];
    if (masked != 0u) { value *= positive(planes[relu + at]); }
    planes[dx + at] += value;
  }`,
});
