/** @file WGSL: 1×1 convolution, its transpose and linear layers: a thread keeps four output planes at a few positions. */
import {
  arrive,
  type Device,
  range,
  repeat,
  shader,
  sums,
  teamSum,
  threads,
} from "../../webgpu/shader.ts";

/** Output planes of a row. */
const ROWS = 4;

/** x, w, y, relu, bias: one row four output planes. */
export const pointwise = shader<
  "pointwise",
  | ("x" | "w" | "y" | "relu" | "bias" | "inputs" | "outStride" | "inStride")
  | ("pitch" | "count" | "exact" | "outputs" | "add" | "masked" | "biased")
>({
  words: [
    ...(["x", "w", "y", "relu", "bias", "inputs", "outStride", "inStride"] as const),
    ...(["pitch", "count", "exact", "outputs", "add", "masked", "biased"] as const),
  ],
  rows: (spec, [x = 0, w = 0, y = 0, relu = 0, bias = 0], { plane, scalar }) => {
    const { geo, out, outStride, inStride } = spec;
    const weights = scalar(w, (out - 1) * outStride + (spec.in - 1) * inStride + 1);
    return range(Math.ceil(out / ROWS)).map((i) => ({
      x: plane(x),
      w: weights + ROWS * i * outStride,
      y: plane(y + ROWS * i * geo.pitch),
      relu: spec.masked ? plane(relu + ROWS * i * geo.pitch) : 0,
      bias: spec.bias ? scalar(bias, out) + ROWS * i : 0,
      inputs: spec.in,
      outStride,
      inStride,
      pitch: geo.pitch / 4,
      count: geo.size / 4,
      exact: Number(geo.size % 16 === 0),
      outputs: Math.min(ROWS, out - ROWS * i),
      add: Number(spec.add),
      masked: Number(spec.masked),
      biased: Number(spec.bias),
    }));
  },
  fixed: ({ add, masked, bias, geo, out }) => ({
    add: Number(add),
    masked: Number(masked),
    biased: Number(bias),
    exact: Number(geo.size % 16 === 0),
    ...(out % ROWS === 0 && { outputs: ROWS }),
  }),
  groups: ({ geo }, device) => threads(geo.size / 4 / positions(device)),
  code: (device) => multiply(positions(device)),
});

/** Positions of a thread. */
const positions = ({ software }: Device): number => (software ? 4 : 2);
function multiply(positions: number): string {
  const each = (make: (r: number, p: number) => string, by: string): string =>
    repeat(ROWS, (r) => repeat(positions, (p) => make(r, p), by), by);
  return `
  let part = (count + ${positions - 1}u) / ${positions}u;
  if (id < part) {
    ${repeat(positions, (p) => `let p${p} = min(${p}u * part, count - 1u - id);`, " ")}
    ${repeat(ROWS, (r) => `let r${r} = min(${r}u, outputs - 1u); let s${r} = r${r} * outStride; let b${r} = vec4f(select(0.0, scalars[bias + r${r}], biased != 0u));`, "\n    ")}
    ${each((r, p) => `var a${r}${p} = b${r};`, " ")}
    var source = x + id; var c = w;
    for (var i = 0u; i < inputs; i++) {
      ${repeat(positions, (p) => `let x${p} = planes[source + p${p}];`, " ")}
      ${repeat(ROWS, (r) => `let w${r} = vec4f(scalars[c + s${r}]);`, " ")}
      ${each((r, p) => `a${r}${p} = fma(x${p}, w${r}, a${r}${p});`, " ")}
      source += pitch; c += inStride;
    }
    ${each((r, p) => `if (outputs > ${r}u && (exact != 0u || ${p}u * part + id < count)) { let at = ${r}u * pitch + p${p} + id; ${arrive(`a${r}${p}`, "y + at", "relu + at")} }`, "\n    ")}
  }`;
}

/** dy, db: one row a plane. */
export const biasBack = shader<"biasBack", "dy" | "db" | "count">({
  words: ["dy", "db", "count"],
  rows: ({ n, geo }, [dy = 0, db = 0], { plane, scalar }) => {
    const to = scalar(db, n);
    return range(n).map((i) => ({
      dy: plane(dy + i * geo.pitch),
      db: to + i,
      count: geo.size / 4,
    }));
  },
  groups: () => 1,
  reduces: true,
  shared: sums("f32", 1),
  code: () => `
  var sum = vec4f(0);
  for (var i = lane; i < count; i += team) { sum += planes[dy + i]; }
  ${teamSum("f32", ["dot(sum, vec4f(1))"])}
  if (lane == 0u) { scalars[db] = total0; }`,
});
