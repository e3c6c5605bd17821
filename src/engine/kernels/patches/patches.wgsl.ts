/** @file WGSL: the k×k neighbourhoods of every plane as k² planes, and their gradients back. */
import type { Window } from "../../compiler/geometry.ts";
import { arrive, range, shader, threads } from "../../webgpu/shader.ts";

/** x, y: one row a plane of y. `down` and `right` lead from s times the output's pixel to the input's, plus k·d. */
export const patches = shader<
  "patches",
  "x" | "y" | "down" | "right" | "stride" | "margin" | "height" | "width" | "rows" | "columns"
>({
  words: [
    ...(["x", "y", "down", "right", "stride", "margin"] as const),
    ...(["height", "width", "rows", "columns"] as const),
  ],
  rows: ({ window }, [x = 0, y = 0], { plane }) => {
    const { k, d, s, src, dst, n } = window;
    return range(n * k * k).map((i) => ({
      x: plane(x + Math.floor(i / (k * k)) * src.pitch),
      y: plane(y + i * dst.pitch),
      down: (Math.floor(i / k) % k) * d,
      right: (i % k) * d,
      stride: s,
      margin: marginOf(window),
      height: src.h,
      width: src.w,
      rows: dst.h,
      columns: dst.w,
    }));
  },
  groups: ({ window }) => threads(window.dst.size / 4),
  code: () => `
  let v = id % b4; let line = id / b4 / columns;
  // Left of and above the plane these wrap to numbers beyond any height and width.
  let h = line * stride + down - margin; let c = id / b4 % columns * stride + right - margin;
  if (line < rows) {
    planes[y + id] = select(vec4f(0), planes[x + (h * width + c) * b4 + v], h < height && c < width);
  }`,
});
const marginOf = ({ k, d }: Window): number => ((k - 1) / 2) * d;

/** dy, dx, relu: one row a plane of dx. */
export const patchesBack = shader<
  "patchesBack",
  | ("dy" | "dx" | "relu" | "add" | "masked" | "pitch" | "k" | "dilation" | "stride" | "margin")
  | ("height" | "width" | "rows" | "columns")
>({
  words: [
    ...(["dy", "dx", "relu", "add", "masked", "pitch", "k", "dilation", "stride"] as const),
    ...(["margin", "height", "width", "rows", "columns"] as const),
  ],
  rows: ({ window, add, masked }, [dy = 0, dx = 0, relu = 0], { plane }) => {
    const { k, d, s, src, dst, n } = window;
    return range(n).map((i) => ({
      dy: plane(dy + i * k * k * dst.pitch),
      dx: plane(dx + i * src.pitch),
      relu: masked ? plane(relu + i * src.pitch) : 0,
      add: Number(add),
      masked: Number(masked),
      pitch: dst.pitch / 4,
      k,
      dilation: d,
      stride: s,
      margin: marginOf(window),
      height: dst.h,
      width: dst.w,
      rows: src.h,
      columns: src.w,
    }));
  },
  fixed: ({ add, masked }) => ({ add: Number(add), masked: Number(masked) }),
  groups: ({ window }) => threads(window.src.size / 4),
  code: () => `
  let v = id % b4; let line = id / b4 / columns; let column = id / b4 % columns;
  if (line < rows) {
    var value = vec4f(0); var tap = dy;
    for (var i = 0u; i < k; i++) {
      let h = line + margin - i * dilation;
      for (var j = 0u; j < k; j++) {
        let c = column + margin - j * dilation;
        let holds = h % stride == 0u && c % stride == 0u && h / stride < height && c / stride < width;
        value += select(vec4f(0), planes[tap + (h / stride * width + c / stride) * b4 + v], holds);
        tap += pitch;
      }
    }
    ${arrive("value", "dx + id", "relu + id")}
  }`,
});
