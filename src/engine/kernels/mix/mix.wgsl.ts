/** @file WGSL: a node: Σ α·(y − mean)/σ over all candidates that count, straight from their raw outputs. */
import { GROUP, range, repeat, SPAN, shader, spans, sums, teamSum } from "../../webgpu/shader.ts";

/** table, coefficients, raw, relu: one row a plane. The table: [count, (y, st, α)…]. */
export const mix = shader<
  "mix",
  "terms" | "plane" | "pitch" | "raw" | "relu" | "keepsRaw" | "keepsRelu" | "count"
>({
  words: ["terms", "plane", "pitch", "raw", "relu", "keepsRaw", "keepsRelu", "count"],
  rows: (spec, [at = 0, , raw = 0, relu = 0], { plane, table }) => {
    const { n, geo } = spec;
    return range(n).map((i) => ({
      terms: table(at),
      plane: i,
      pitch: geo.pitch / 4,
      raw: spec.raw ? plane(raw + i * geo.pitch) : 0,
      relu: spec.relu ? plane(relu + i * geo.pitch) : 0,
      keepsRaw: Number(spec.raw),
      keepsRelu: Number(spec.relu),
      count: geo.size / 4,
    }));
  },
  fixed: ({ raw, relu }) => ({ keepsRaw: Number(raw), keepsRelu: Number(relu) }),
  groups: ({ geo }) => spans(geo.size / 4),
  code: () => `
  let at = group * ${GROUP * SPAN}u + lane;
  ${repeat(SPAN, (s) => `var a${s} = vec4f(0);`, " ")}
  let end = terms + 1u + 3u * chosen[terms];
  for (var t = terms + 1u; t < end; t += 3u) {
    let st = chosen[t + 1u] + 2u * plane; let mean = scalars[st];
    let slope = vec4f(scalars[chosen[t + 2u]] * scalars[st + 1u]);
    let source = chosen[t] + plane * pitch + at;
    ${repeat(SPAN, (s) => `a${s} = fma(planes[source + ${s * GROUP}u] - mean, slope, a${s});`, "\n    ")}
  }
  ${repeat(SPAN, (s) => `if (at + ${s * GROUP}u < count) { if (keepsRaw != 0u) { planes[raw + at + ${s * GROUP}u] = a${s}; } if (keepsRelu != 0u) { planes[relu + at + ${s * GROUP}u] = max(a${s}, vec4f(0)); } }`)}`,
});

/** g, y, sums: one row a plane. */
export const dot = shader<"dot", "g" | "y" | "to" | "count">({
  words: ["g", "y", "to", "count"],
  rows: ({ n, geo }, [g = 0, y = 0, to = 0], { plane, scalar }) => {
    const first = scalar(to, n);
    return range(n).map((i) => ({
      g: plane(g + i * geo.pitch),
      y: plane(y + i * geo.pitch),
      to: first + i,
      count: geo.size / 4,
    }));
  },
  groups: () => 1,
  reduces: true,
  shared: sums("f32", 1),
  code: () => `
  var sum = vec4f(0);
  for (var i = lane; i < count; i += team) { sum = fma(planes[g + i], planes[y + i], sum); }
  ${teamSum("f32", ["dot(sum, vec4f(1))"])}
  if (lane == 0u) { scalars[to] = total0; }`,
});
