/**
 * @file WGSL: depthwise convolution and its gradient by the input. A thread keeps a tile of output pixels; the source pixels
 * they share are loaded once. Borders are selected away, since devices in software pay for every branch.
 */
import type { Geometry, Window } from "../../compiler/geometry.ts";
import {
  arrive,
  type Device,
  range,
  repeat,
  type Shape,
  shader,
  shapeCode,
  threads,
} from "../../webgpu/shader.ts";

/** Output columns of a thread. */
export const TILE = 4;
/**
 * Output rows of a thread, as far apart as source rows are read in common: loads are what a device in software spends its
 * time on. Too few are in common where every second row is empty.
 */
const linesOf = ({ software }: Device, s: number, back: boolean): number =>
  software && !(back && s === 2) ? 2 : 1;
/** How far apart in pixels, and how many taps lie between their uses of a source row. */
function apart({ d, s }: Omit<Shape, "k">, back: boolean): { step: number; taps: number } {
  const common = d % s === 0 ? d : d * s;
  return { step: back ? common : common / s, taps: common / d };
}
function tiles(window: Window, back: boolean, device: Device): number {
  const { h, w, b } = back ? window.src : window.dst;
  const lines = linesOf(device, window.s, back);
  const { step } = lines > 1 ? apart(window, back) : { step: 1 };
  const pairs = Math.ceil(h / (lines * step)) * step;
  return (pairs * Math.ceil(w / TILE) * b) / 4;
}

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
  shape: ({ window }) => window,
  fixed: ({ window }) => ({ shape: shapeCode(window), ...wholeTiles(window.dst) }),
  groups: ({ window }, device) => threads(tiles(window, false, device)),
  code: (device, shapes) =>
    filter(device, shapes, false, (value, at) => `planes[y + ${at}] = ${value};`),
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
  shape: ({ window }) => window,
  fixed: ({ window, add, masked }) => ({
    shape: shapeCode(window),
    add: Number(add),
    masked: Number(masked),
    ...wholeTiles(window.src),
  }),
  groups: ({ window }, device) => threads(tiles(window, true, device)),
  code: (device, shapes) =>
    filter(device, shapes, true, (value, at) => arrive(value, `dx + ${at}`, `relu + ${at}`)),
});

/** Whether tiles end where the plane does, so that none has to be cut. */
export const wholeTiles = ({ w }: Geometry): { whole: number } => ({
  whole: Number(w % TILE === 0),
});

function filter(
  device: Device,
  shapes: readonly Shape[],
  back: boolean,
  store: (value: string, at: string) => string,
): string {
  const [first] = shapes;
  const only = shapes.length === 1 ? first : undefined;
  const lines = only ? linesOf(device, only.s, back) : 1;
  const { step } = only && lines > 1 ? apart(only, back) : { step: 1 };
  return `
  let across = (columns + ${TILE - 1}u) / ${TILE}u; let pair = i32(id / b4 / across);
  let v = id % b4; let ow = i32(id / b4 % across) * ${TILE};
  let oh = ${lines > 1 ? `pair / ${step} * ${2 * step} + pair % ${step}` : "pair"};
  if (u32(oh) < rows) {
    ${repeat(lines, (line) => repeat(TILE, (o) => `var a${line}${o} = vec4f(0);`, " "), " ")}
    ${shapes.map((shape) => taps(shape, { lines, back, only: only !== undefined })).join("\n    ")}
    let at = (u32(oh) * columns + u32(ow)) * b4 + v;
    ${repeat(lines, (line) => `${line > 0 ? `if (u32(oh) + ${line * step}u < rows) ` : ""}{ let to = at + ${line * step}u * columns * b4; ${repeat(TILE, (o) => `if (whole != 0u || u32(ow) + ${o}u < columns) { ${store(`a${line}${o}`, `to + ${o}u * b4`)} }`, " ")} }`, "\n    ")}
  }`;
}

/**
 * All products of one filter shape; a loop that runs not at all where the row has another shape. The second line uses a
 * source row some taps after the first (going backwards, before), so weights wait in m… until it does.
 */
function taps(
  { k, d, s }: Shape,
  { lines, back, only }: { lines: number; back: boolean; only: boolean },
): string {
  const radius = ((k - 1) / 2) * d;
  const halves = back && s === 2;
  const reads = columnsOf({ k, d, s }, back);
  const used = [...new Set([...reads.values()].flat().map(({ j }) => j))];
  const wait = lines > 1 ? apart({ d, s }, back).taps : 0;
  const count = only ? `${k + wait}` : `select(0, ${k}, shape == ${shapeCode({ k, d, s })}u)`;
  const last = k - 1;
  const each = (make: (j: number) => string): string => used.map(make).join(" ");
  const weight = (j: number): string => {
    const load = `scalars[w + u32(i) * ${k}u + ${j}u]`;
    return wait > 0 ? `select(0.0, ${load}, i >= 0 && i < ${k})` : load;
  };
  return `{
    ${each((j) =>
      range(wait + 1)
        .map((t) => `var m${t}${j} = 0.0;`)
        .join(" "),
    )}
    for (var t = 0; t < ${count}; t++) {
      let i = ${back ? `${last} - t` : "t"};
      ${each((j) =>
        range(wait)
          .reverse()
          .map((t) => `m${t + 1}${j} = m${t}${j};`)
          .join(" "),
      )}
      ${each((j) => `m0${j} = ${weight(j)};`)}
      let place = ${back ? `oh + ${radius} - i * ${d}` : `oh * ${s} + i * ${d} - ${radius}`};
      ${halves ? "if ((place & 1) != 0) { continue; }" : ""}
      let h = ${halves ? "place >> 1" : "place"};
      if (u32(h) >= height) { continue; }
      let line = i32(x + u32(h) * width * b4 + v); let base = ${back ? `ow / ${s}` : `ow * ${s}`};
      ${[...reads]
        .map(
          ([column, uses]) =>
            `{ let c = base + ${column}; let value = select(vec4f(0), planes[line + c * i32(b4)], u32(c) < width); ` +
            `${uses.map(({ o, j }) => repeat(lines, (l) => `a${l}${o} = fma(value, vec4f(m${l * wait}${j}), a${l}${o});`, " ")).join(" ")} }`,
        )
        .join("\n      ")}
    }
    }`;
}

/** Which (output column, tap) every source column feeds, counted from the tile's own. */
export function columnsOf(
  { k, d, s }: Shape,
  back: boolean,
): Map<number, { readonly o: number; readonly j: number }[]> {
  const radius = ((k - 1) / 2) * d;
  const found = new Map<number, { o: number; j: number }[]>();
  for (const o of range(TILE))
    for (const j of range(k)) {
      const column = back ? (o + radius - j * d) / s : o * s + j * d - radius;
      if (Number.isInteger(column)) found.set(column, [...(found.get(column) ?? []), { o, j }]);
    }
  return found;
}
