/**
 * @file WGSL: depthwise convolution and its gradient by the input. A thread keeps four neighbouring output columns; the
 * source columns they share are loaded once. Borders are selected away, since software devices pay for every branch.
 */
import type { Geometry } from "../../compiler/geometry.ts";
import {
  arrive,
  type Device,
  range,
  type Shape,
  shader,
  shapeCode,
  shapeOf,
  threads,
} from "../../webgpu/shader.ts";

/** Output columns of a thread: loads are what a device in software spends its time on, so there they are shared by more. */
export const tileOf = (device: Device, wide: boolean): number => (device.software && wide ? 8 : 4);
const tiles = ({ h, w, b }: Geometry, tile: number): number => (h * Math.ceil(w / tile) * b) / 4;

/** x, w, y: one row a plane. */
export const depthwise = shader<
  "depthwise",
  "x" | "w" | "y" | "shape" | "height" | "width" | "rows" | "columns" | "whole"
>({
  words: ["x", "w", "y", "shape", "height", "width", "rows", "columns", "whole"],
  rows: ({ window }, [x = 0, w = 0, y = 0], { plane, scalar }) => {
    const { k, src, dst, n } = window;
    const weights = scalar(w, n * k * k);
    return range(n).map((i) => ({
      x: plane(x + i * src.pitch),
      w: weights + i * k * k,
      y: plane(y + i * dst.pitch),
      shape: shapeCode(window),
      height: src.h,
      width: src.w,
      rows: dst.h,
      columns: dst.w,
      ...wholeTiles(dst),
    }));
  },
  shape: ({ window }) => shapeOf(window, window.dst),
  fixed: ({ window }) => ({ shape: shapeCode(window), ...wholeTiles(window.dst) }),
  groups: ({ window: { dst } }, device) => threads(tiles(dst, tileOf(device, dst.w >= 8))),
  code: (device, shapes) => filter(device, shapes, false, (o, at) => `planes[y + ${at}] = a${o};`),
});

/** dy, w, dx, relu: one row a plane. */
export const depthwiseBackInput = shader<
  "depthwiseBackInput",
  | ("x" | "w" | "dx" | "relu" | "add" | "masked")
  | ("shape" | "height" | "width" | "rows" | "columns" | "whole")
>({
  words: [
    ...(["x", "w", "dx", "relu", "add", "masked"] as const),
    ...(["shape", "height", "width", "rows", "columns", "whole"] as const),
  ],
  rows: ({ window, add, masked }, [dy = 0, w = 0, dx = 0, relu = 0], { plane, scalar }) => {
    const { k, src, dst, n } = window;
    const weights = scalar(w, n * k * k);
    return range(n).map((i) => ({
      x: plane(dy + i * dst.pitch),
      w: weights + i * k * k,
      dx: plane(dx + i * src.pitch),
      relu: masked ? plane(relu + i * src.pitch) : 0,
      add: Number(add),
      masked: Number(masked),
      shape: shapeCode(window),
      height: dst.h,
      width: dst.w,
      rows: src.h,
      columns: src.w,
      ...wholeTiles(src),
    }));
  },
  shape: ({ window }) => shapeOf(window, window.src),
  fixed: ({ window, add, masked }) => ({
    shape: shapeCode(window),
    add: Number(add),
    masked: Number(masked),
    ...wholeTiles(window.src),
  }),
  groups: ({ window: { src } }, device) => threads(tiles(src, tileOf(device, src.w >= 8))),
  code: (device, shapes) =>
    filter(device, shapes, true, (o, at) => arrive(`a${o}`, `dx + ${at}`, `relu + ${at}`)),
});

/** Whether tiles of either size end where the plane does, so that none has to be cut. */
export const wholeTiles = ({ w }: Geometry): { whole: number } => ({
  whole: Number(w % (w >= 8 ? 8 : 4) === 0),
});

function filter(
  device: Device,
  shapes: readonly Shape[],
  back: boolean,
  store: (o: number, at: string) => string,
): string {
  const only = shapes.length === 1;
  const tile = tileOf(device, only && shapes[0]?.wide === true);
  return `
  let across = (columns + ${tile - 1}u) / ${tile}u;
  let v = id % b4; let ow = i32(id / b4 % across) * ${tile}; let oh = i32(id / b4 / across);
  if (u32(oh) < rows) {
    ${range(tile)
      .map((o) => `var a${o} = vec4f(0);`)
      .join(" ")}
    ${shapes.map((shape) => taps(shape, tile, back, only)).join("\n    ")}
    let at = (u32(oh) * columns + u32(ow)) * b4 + v;
    ${range(tile)
      .map(
        (o) => `if (whole != 0u || u32(ow) + ${o}u < columns) { ${store(o, `at + ${o}u * b4`)} }`,
      )
      .join("\n    ")}
  }`;
}

/** All products of one filter shape; a loop that runs not at all where the row has another shape. */
function taps({ k, d, s }: Shape, tile: number, back: boolean, only: boolean): string {
  const radius = ((k - 1) / 2) * d;
  const halves = back && s === 2;
  const reads = columnsOf({ k, d, s }, tile, back);
  const used = [...new Set([...reads.values()].flat().map(({ j }) => j))];
  const count = only ? `${k}` : `select(0, ${k}, shape == ${shapeCode({ k, d, s })}u)`;
  return `for (var i = 0; i < ${count}; i++) {
      let place = ${back ? `oh + ${radius} - i * ${d}` : `oh * ${s} + i * ${d} - ${radius}`};
      ${halves ? "if ((place & 1) != 0) { continue; }" : ""}
      let h = ${halves ? "place >> 1" : "place"};
      if (u32(h) >= height) { continue; }
      let line = i32(x + u32(h) * width * b4 + v); let base = ${back ? `ow / ${s}` : `ow * ${s}`};
      ${used.map((j) => `let w${j} = scalars[w + u32(i) * ${k}u + ${j}u];`).join(" ")}
      ${[...reads]
        .map(
          ([column, uses]) =>
            `{ let c = base + ${column}; let value = select(vec4f(0), planes[line + c * i32(b4)], u32(c) < width); ` +
            `${uses.map(({ o, j }) => `a${o} = fma(value, vec4f(w${j}), a${o});`).join(" ")} }`,
        )
        .join("\n      ")}
    }`;
}

/** Which (output column, tap) every source column feeds, counted from the tile's own. */
export function columnsOf(
  { k, d, s }: Pick<Shape, "k" | "d" | "s">,
  tile: number,
  back: boolean,
): Map<number, { readonly o: number; readonly j: number }[]> {
  const radius = ((k - 1) / 2) * d;
  const found = new Map<number, { o: number; j: number }[]>();
  for (const o of range(tile))
    for (const j of range(k)) {
      const column = back ? (o + radius - j * d) / s : o * s + j * d - radius;
      if (Number.isInteger(column)) found.set(column, [...(found.get(column) ?? []), { o, j }]);
    }
  return found;
}
