/** @file WGSL: gradient of a depthwise convolution by its filters: a team sums the taps of one filter row. */
import { range, type Shape, shader, shapeCode, sums, teamSum } from "../../webgpu/shader.ts";
import { columnsOf, TILE, wholeTiles } from "./filter.wgsl.ts";

/** x, dy, dw: one row a plane, one workgroup a row of its filter. */
export const depthwiseBackWeight = shader<
  "depthwiseBackWeight",
  "x" | "dy" | "dw" | "shape" | "height" | "width" | "rows" | "columns" | "whole"
>({
  words: ["x", "dy", "dw", "shape", "height", "width", "rows", "columns", "whole"],
  rows: ({ window }, [x = 0, dy = 0, dw = 0], { plane, scalar }) => {
    const { k, src, dst, n } = window;
    const weights = scalar(dw, n * k * k);
    return range(n).map((i) => ({
      x: plane(x + i * src.pitch),
      dy: plane(dy + i * dst.pitch),
      dw: weights + i * k * k,
      shape: shapeCode(window),
      height: src.h,
      width: src.w,
      rows: dst.h,
      columns: dst.w,
      ...wholeTiles(dst),
    }));
  },
  shape: ({ window }) => window,
  fixed: ({ window }) => ({ shape: shapeCode(window), ...wholeTiles(window.dst) }),
  groups: ({ window }) => window.k,
  reduces: true,
  // Five slots reach any k up to 5 in one go; wider filters take the team sum again and again.
  shared: sums("f32", 5),
  code: (_, shapes) => {
    const only = shapes.length === 1;
    const widest = Math.max(...shapes.map(({ k }) => k));
    const taps = range(widest);
    return `
  let across = (columns + ${TILE - 1}u) / ${TILE}u; let k = shape / 256u;
  ${taps.map((j) => `var a${j} = vec4f(0);`).join(" ")}
  ${shapes.map((shape) => products(shape, only)).join("\n  ")}
  ${range(Math.ceil(widest / 5))
    .map((part) => {
      const some = taps.slice(5 * part, 5 * part + 5);
      return `{ ${teamSum(
        "f32",
        some.map((j) => `dot(a${j}, vec4f(1))`),
      )}
    if (lane == 0u && group < k) { let to = dw + group * k; ${some.map((j, slot) => `if (${j}u < k) { scalars[to + ${j}u] = total${slot}; }`).join(" ")} }
    ${5 * part + 5 < widest ? "workgroupBarrier();" : ""} }`;
    })
    .join("\n  ")}`;
  },
});

function products({ k, d, s }: Shape, only: boolean): string {
  const radius = ((k - 1) / 2) * d;
  const count = "rows * across * b4";
  const end = only
    ? `select(0u, ${count}, group < ${k}u)`
    : `select(0u, ${count}, shape == ${shapeCode({ k, d, s })}u && group < ${k}u)`;
  return `for (var o = lane; o < ${end}; o += team) {
    let v = o % b4; let ow = i32(o / b4 % across) * ${TILE}; let oh = i32(o / b4 / across);
    let h = oh * ${s} + i32(group) * ${d} - ${radius};
    if (u32(h) >= height) { continue; }
    let line = i32(x + u32(h) * width * b4 + v); let grads = dy + (u32(oh) * columns + u32(ow)) * b4 + v;
    ${range(TILE)
      .map(
        (i) =>
          `let g${i} = select(vec4f(0), planes[grads + ${i}u * b4], whole != 0u || u32(ow) + ${i}u < columns);`,
      )
      .join(" ")}
    ${[...columnsOf({ k, d, s }, false)]
      .map(
        ([column, uses]) =>
          `{ let c = ow * ${s} + ${column}; let value = select(vec4f(0), planes[line + c * i32(b4)], u32(c) < width); ` +
          `${uses.map(({ o, j }) => `a${j} = fma(value, g${o}, a${j});`).join(" ")} }`,
      )
      .join("\n    ")}
  }`;
}
