/**
 * @file What a WGSL kernel consists of. A call becomes rows of a table, one a plane (or a block of planes); workgroup y of
 * a dispatch works through one chain of rows, so that calls of any sizes share a dispatch.
 */
import type { Window } from "../compiler/geometry.ts";
import type { Spec, SpecOf } from "../compiler/spec.ts";

/** Turns the arena's float offsets into those of the device's two buffers. */
export interface Places {
  /** Offset in `planes`, which holds vectors of four floats. */
  plane(at: number): number;
  /** Offset of `size` floats in `scalars`. */
  scalar(at: number, size: number): number;
  /** The same for sums that only matter where a mixture collects them; 0 elsewhere. */
  part(at: number, size: number): number;
  /** Offset in `chosen` of a mixture kernel's table. */
  table(at: number): number;
}

/** The WGSL side of a kernel kind. `Word` names the words of a row, which the code finds as variables (u32). */
export interface Shader<S = Spec, Word extends string = string> {
  readonly words: readonly Word[];
  readonly rows: (
    spec: S,
    args: readonly number[],
    to: Places,
  ) => readonly Readonly<Record<Word, number>>[];
  /** Words that are constants of the code where `Device.software`: a branch not taken costs as much as one taken there. */
  readonly fixed?: (spec: S) => Partial<Readonly<Record<Word, number>>>;
  /** The filter's shape, if the code is unrolled by it. */
  readonly shape?: (spec: S) => Shape;
  /** Workgroups that a row needs. */
  readonly groups: (spec: S, device: Device) => number;
  /** A workgroup is a team that sums: its size is the device's choice. */
  readonly reduces?: true;
  /** Declarations in workgroup memory. */
  readonly shared?: string;
  /** Of one row. Also at hand: `id` (u32, of the thread in the row), `lane`, `group`, `team`, `b4`, `lanes`. */
  readonly code: (device: Device, shapes: readonly Shape[]) => string;
}
export const shader = <K extends Spec["kind"], Word extends string>(
  of: Shader<SpecOf<K>, Word>,
): Shader<SpecOf<K>, Word> => of;

/** What code is written for. */
export interface Device {
  /**
   * Lanes of a workgroup that sums. Few mean a device in software, where dispatches are cheap beside loads and branches:
   * threads then do more each, and every shape and option has a pipeline of its own.
   */
  readonly team: number;
  readonly software: boolean;
}

/** Filters are unrolled by these; on hardware a dispatch may mix them. */
export type Shape = Pick<Window, "k" | "d" | "s">;
export const shapeCode = ({ k, d, s }: Shape): number => (k * 64 + d) * 4 + s;

/** Threads of a workgroup that does not reduce, and vectors that each of them handles where the work is small. */
export const GROUP = 64;
export const SPAN = 4;

export const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
/** Joins code for 0 … n − 1. */
export const repeat = (n: number, make: (i: number) => string, by = "\n  "): string =>
  range(n).map(make).join(by);

/** Workgroups for `vectors` vectors, one a thread … */
export const threads = (vectors: number): number => Math.ceil(vectors / GROUP);
/** … or several. */
export const spans = (vectors: number): number => Math.ceil(vectors / (GROUP * SPAN));
/** Runs `body` for the vectors `i` of a thread, of `count` in all. */
export const sweep = (count: string, body: string): string => `
  let end = min(${count}, (group + 1u) * ${GROUP * SPAN}u);
  for (var i = group * ${GROUP * SPAN}u + lane; i < end; i += ${GROUP}u) {${body}
  }`;

/** Sums `slots` values of a thread over its team: `total0` … hold them afterwards in every thread. */
export const teamSum = (type: "f32" | "vec2f" | "vec4f", values: readonly string[]): string => `
  ${values.map((value, s) => `sums[${s}u * team + lane] = ${value};`).join(" ")}
  workgroupBarrier();
  if (team > 8u) {
    for (var half = team / 2u; half > 0u; half /= 2u) {
      if (lane < half) { ${values.map((_, s) => `sums[${s}u * team + lane] += sums[${s}u * team + lane + half];`).join(" ")} }
      workgroupBarrier();
    }
  }
  ${values.map((_, s) => `var total${s} = ${type}(0); for (var i = 0u; i < select(team, 1u, team > 8u); i++) { total${s} += sums[${s}u * team + i]; }`).join("\n  ")}`;
export const sums = (type: "f32" | "vec2f" | "vec4f", slots: number): string =>
  `var<workgroup> sums: array<${type}, ${slots} * team>;`;

/** A gradient that arrives at planes[to]: masked by `relu` and added, if the row says so. */
export const arrive = (value: string, to: string, mask: string): string =>
  `if (masked != 0u) { ${value} *= positive(planes[${mask}]); } if (add != 0u) { ${value} += planes[${to}]; } planes[${to}] = ${value};`;
