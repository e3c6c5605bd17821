/** @file WGSL: 1×1 convolution, its transpose and linear layers: a thread keeps four output planes at two positions. */
import { arrive, range, repeat, shader, sums, teamSum, threads } from "../../webgpu/shader.ts";

/** Output planes of a row. */
const ROWS = 4;

/** x, w, y, relu, bias: one row four output planes. */
export const pointwise = shader<
  "pointwise",
  | ("x" | "w" | "y" | "relu" | "bias" | "inputs" | "outStride" | "inStride")
  | ("pitch" | "count" | "outputs" | "add" | "masked" | "biased")
>({
  words: [
    ...(["x", "w", "y", "relu", "bias", "inputs", "outStride", "inStride"] as const),
    ...(["pitch", "count", "outputs", "add", "masked", "biased"] as const),
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
      outputs: Math.min(ROWS, out - ROWS * i),
      add: Number(spec.add),
      masked: Number(spec.masked),
      biased: Number(spec.bias),
    }));
  },
  groups: ({ geo }) => threads(geo.size / 8),
  code: () => `
  let half = (count + 1u) / 2u;
  if (id < half) {
    let second = min(half, count - 1u - id); // a thread's other position, this far on
    ${repeat(ROWS, (r) => `let r${r} = min(${r}u, outputs - 1u); var a${r} = vec4f(select(0.0, scalars[bias + r${r}], biased != 0u)); var b${r} = a${r}; let s${r} = r${r} * outStride;`, "\n    ")}
    var source = x + id; var c = w;
    for (var i = 0u; i < inputs; i++) {
      let p = planes[source]; let q = planes[source + second];
      ${repeat(ROWS, (r) => `let w${r} = vec4f(scalars[c + s${r}]); a${r} = fma(p, w${r}, a${r}); b${r} = fma(q, w${r}, b${r});`, "\n      ")}
      source += pitch; c += inStride;
    }
    ${repeat(ROWS, (r) => `if (outputs > ${r}u) { let at = ${r}u * pitch + id; ${arrive(`a${r}`, "y + at", "relu + at")} if (second == half) { ${arrive(`b${r}`, "y + at + second", "relu + at + second")} } }`, "\n    ")}
  }`,
});

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
