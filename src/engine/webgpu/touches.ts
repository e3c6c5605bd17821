/** @file What a kernel call reads and writes, so that calls can be put in any order that keeps their results. */
import type { Geometry } from "../compiler/geometry.ts";
import type { Table } from "../compiler/plan.ts";
import type { Spec } from "../compiler/spec.ts";

/** What happens to floats [from, to) of the arena; sums may be added in any order, but not at once. */
export interface Touch {
  readonly from: number;
  readonly to: number;
  readonly how: "read" | "write" | "add";
}

/** All that one call touches, weights, tables and constants aside: those stay as they are while a pass runs. */
export function touches(spec: Spec, args: readonly number[], terms: Table["rows"]): Touch[] {
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = args;
  const found: Touch[] = [];
  const touch = (how: Touch["how"], from: number, size: number): void => {
    if (size > 0) found.push({ from, to: from + size, how });
  };
  const read = (from: number, size: number): void => touch("read", from, size);
  const write = (from: number, size: number): void => touch("write", from, size);
  const arrive = (add: boolean, from: number, size: number): void =>
    touch(add ? "add" : "write", from, size);
  const planes = (n: number, geo: Geometry): number => n * geo.pitch;
  switch (spec.kind) {
    case "zero":
      write(a, spec.size);
      break;
    case "depthwise":
    case "patches": {
      const { src, dst, n, k } = spec.window;
      read(a, planes(n, src));
      if (spec.kind === "depthwise") write(c, planes(n, dst));
      else write(b, planes(n * k * k, dst));
      break;
    }
    case "depthwiseBackInput": {
      const { src, dst, n } = spec.window;
      read(a, planes(n, dst));
      arrive(spec.add, c, planes(n, src));
      if (spec.masked) read(d, planes(n, src));
      break;
    }
    case "depthwiseBackWeight": {
      const { src, dst, n, k } = spec.window;
      read(a, planes(n, src));
      read(b, planes(n, dst));
      write(c, n * k * k);
      break;
    }
    case "patchesBack": {
      const { src, dst, n, k } = spec.window;
      read(a, planes(n * k * k, dst));
      arrive(spec.add, b, planes(n, src));
      if (spec.masked) read(c, planes(n, src));
      break;
    }
    case "pointwise":
      read(a, planes(spec.in, spec.geo));
      arrive(spec.add, c, planes(spec.out, spec.geo));
      if (spec.masked) read(d, planes(spec.out, spec.geo));
      break;
    case "pointwiseBackWeight":
      read(a, planes(spec.out, spec.geo));
      read(b, planes(spec.in, spec.geo));
      write(c, spec.out * spec.in);
      break;
    case "biasBack":
      read(a, planes(spec.n, spec.geo));
      write(b, spec.n);
      break;
    case "statistics":
      read(a, planes(spec.n, spec.geo));
      write(b, 2 * spec.n);
      break;
    case "normalise":
      read(a, planes(spec.n, spec.geo));
      read(b, 2 * spec.n);
      if (spec.raw) write(c, planes(spec.n, spec.geo));
      if (spec.relu) write(d, planes(spec.n, spec.geo));
      break;
    case "normaliseBack":
      read(a, planes(spec.n, spec.geo));
      read(b, planes(spec.n, spec.geo));
      read(c, 2 * spec.n);
      write(e, spec.n);
      if (spec.affine) write(e + spec.beta, spec.n);
      arrive(spec.add, f, planes(spec.n, spec.geo));
      break;
    case "mix":
      for (const { y, st } of terms) {
        read(y, planes(spec.n, spec.geo));
        read(st, 2 * spec.n);
      }
      if (spec.raw) write(c, planes(spec.n, spec.geo));
      if (spec.relu) write(d, planes(spec.n, spec.geo));
      break;
    case "dot":
      read(a, planes(spec.n, spec.geo));
      read(b, planes(spec.n, spec.geo));
      write(c, spec.n);
      break;
    case "scale":
      read(a, planes(spec.n, spec.geo));
      arrive(spec.add, c, planes(spec.n, spec.geo));
      if (spec.masked) read(d, planes(spec.n, spec.geo));
      break;
    case "pool":
      read(a, planes(spec.n, spec.src));
      if (spec.max) write(b, planes(spec.n, spec.dst));
      if (spec.average) write(c, planes(spec.n, spec.dst));
      if (spec.max) write(d, planes(spec.n, spec.dst));
      break;
    case "poolBack":
      if (spec.max) read(a, planes(spec.n, spec.dst));
      if (spec.average) read(b, planes(spec.n, spec.dst));
      if (spec.max) read(c, planes(spec.n, spec.dst));
      arrive(spec.add, d, planes(spec.n, spec.src));
      break;
    case "halve":
      read(a, planes(spec.n, spec.src));
      write(b, planes(spec.n, spec.dst));
      break;
    case "halveBack":
      read(a, planes(spec.n, spec.dst));
      arrive(true, b, planes(spec.n, spec.src));
      if (spec.masked) read(c, planes(spec.n, spec.src));
      break;
    case "average":
      read(a, planes(spec.n, spec.geo));
      write(b, planes(spec.n, spec.dst));
      break;
    case "averageBack":
      read(a, planes(spec.n, spec.dst));
      arrive(spec.add, b, planes(spec.n, spec.geo));
      break;
    default:
      spec satisfies never;
  }
  return found;
}
