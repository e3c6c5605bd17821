/** @file WGSL: 3×3 maximum and mean in one pass, and their gradients in one pass back. The first of equal maxima wins. */
import { range, shader, threads } from "../../webgpu/shader.ts";

/** x, max, avg, argmax, inverse: one row a plane. */
export const pool = shader<
  "pool",
  | ("x" | "maxima" | "means" | "argmax" | "inverse" | "takesMax" | "takesMean" | "stride")
  | ("height" | "width" | "rows" | "columns")
>({
  words: [
    ...(["x", "maxima", "means", "argmax", "inverse", "takesMax", "takesMean"] as const),
    ...(["stride", "height", "width", "rows", "columns"] as const),
  ],
  rows: (spec, [x = 0, max = 0, mean = 0, argmax = 0, inverse = 0], { plane, scalar }) => {
    const { s, src, dst, n } = spec;
    return range(n).map((i) => ({
      x: plane(x + i * src.pitch),
      maxima: spec.max ? plane(max + i * dst.pitch) : 0,
      means: spec.average ? plane(mean + i * dst.pitch) : 0,
      argmax: spec.max ? plane(argmax + i * dst.pitch) : 0,
      inverse: scalar(inverse, dst.h * dst.w),
      takesMax: Number(spec.max),
      takesMean: Number(spec.average),
      stride: s,
      height: src.h,
      width: src.w,
      rows: dst.h,
      columns: dst.w,
    }));
  },
  fixed: ({ max, average, s }) => ({
    takesMax: Number(max),
    takesMean: Number(average),
    stride: s,
  }),
  groups: ({ dst }) => threads(dst.size / 4),
  code: () => `
  let v = id % b4; let line = id / b4 / columns; let column = id / b4 % columns;
  if (line < rows) {
    var best = vec4f(-3.4e38); var sum = vec4f(0); var place = vec4f(0);
    for (var i = 0u; i < 3u; i++) {
      let h = line * stride + i - 1u;
      for (var j = 0u; j < 3u; j++) {
        let c = column * stride + j - 1u; let inside = h < height && c < width;
        let value = planes[x + (h * width + c) * b4 + v];
        let over = (value > best) & vec4<bool>(inside);
        place = select(place, vec4f(f32(3u * i + j)), over); best = select(best, value, over);
        sum += select(vec4f(0), value, inside);
      }
    }
    if (takesMax != 0u) { planes[maxima + id] = best; planes[argmax + id] = place; }
    if (takesMean != 0u) { planes[means + id] = sum * scalars[inverse + id / b4]; }
  }`,
});

/** dmax, davg, argmax, dx, inverse: one row a plane. */
export const poolBack = shader<
  "poolBack",
  | ("dmax" | "dmean" | "argmax" | "dx" | "inverse" | "takesMax" | "takesMean" | "add" | "stride")
  | ("height" | "width" | "rows" | "columns")
>({
  words: [
    ...(["dmax", "dmean", "argmax", "dx", "inverse", "takesMax", "takesMean"] as const),
    ...(["add", "stride", "height", "width", "rows", "columns"] as const),
  ],
  rows: (spec, [max = 0, mean = 0, argmax = 0, dx = 0, inverse = 0], { plane, scalar }) => {
    const { s, src, dst, n } = spec;
    return range(n).map((i) => ({
      dmax: spec.max ? plane(max + i * dst.pitch) : 0,
      dmean: spec.average ? plane(mean + i * dst.pitch) : 0,
      argmax: spec.max ? plane(argmax + i * dst.pitch) : 0,
      dx: plane(dx + i * src.pitch),
      inverse: scalar(inverse, dst.h * dst.w),
      takesMax: Number(spec.max),
      takesMean: Number(spec.average),
      add: Number(spec.add),
      stride: s,
      height: dst.h,
      width: dst.w,
      rows: src.h,
      columns: src.w,
    }));
  },
  fixed: ({ max, average, s, add }) => ({
    takesMax: Number(max),
    takesMean: Number(average),
    stride: s,
    add: Number(add),
  }),
  groups: ({ src }) => threads(src.size / 4),
  // Window (line + 1 − i)/s holds this pixel as its tap i: only the taps for which that is a whole number are visited.
  code: () => `
  let v = id % b4; let line = id / b4 / columns; let column = id / b4 % columns;
  if (line < rows) {
    var value = vec4f(0);
    for (var i = (line + 1u) % stride; i < 3u; i += stride) {
      let h = (line + 1u - i) / stride;
      for (var j = (column + 1u) % stride; j < 3u; j += stride) {
        let c = (column + 1u - j) / stride; let o = h * width + c; let at = o * b4 + v;
        if (h < height && c < width) {
          if (takesMean != 0u) { value = fma(planes[dmean + at], vec4f(scalars[inverse + o]), value); }
          if (takesMax != 0u) { value += select(vec4f(0), planes[dmax + at], planes[argmax + at] == vec4f(f32(3u * i + j))); }
        }
      }
    }
    if (add != 0u) { value += planes[dx + id]; }
    planes[dx + id] = value;
  }`,
});
