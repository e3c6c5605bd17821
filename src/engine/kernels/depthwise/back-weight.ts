/**
 * @file Gradient of a depthwise convolution by its filters: every tap is a dot product of ∂y with the shifted input.
 * The sums of one tap row stay in registers while the planes go by, two columns of all images at a time: more loads in
 * a loop, and V8 would spill them. Borders are columns with fewer taps, settled when the code is made.
 */
import type { Window } from "../../compiler/geometry.ts";
import type { SpecOf } from "../../compiler/spec.ts";
import { f32, i32, v128 } from "../../wasm/assembler/expressions.ts";
import type { Fn, Local } from "../../wasm/assembler/function.ts";
import { bytes, range } from "../../wasm/assembler/loops.ts";
import { along, interleaved, type Use } from "../../wasm/assembler/taps.ts";

/** Columns of a loop's body. */
const TOGETHER = 2;

/** x, dy, dw */
export function depthwiseBackWeight(f: Fn, { window }: SpecOf<"depthwiseBackWeight">): void {
  const { k, s, src, dst, n } = window;
  const [x, dy, dw] = [f.param(0), f.param(1), f.param(2)];
  // Few sums would wait for one another; with two a tap, a column each, they do not.
  const sums = range(k < 5 ? TOGETHER : 1).map(() => f.locals("v128", k));
  const groups = columnGroups(window);
  const [g, v] = f.locals("i32", 2) as [Local<"i32">, Local<"i32">];
  const emitGroups = groupsEmitter(f, window, sums);
  f.times(n, () => {
    for (const i of range(k)) {
      for (const sum of sums.flat()) sum.set(v128.zero);
      const rows = range(dst.h).flatMap((h) =>
        along(window, false, h, src.h).flatMap(({ tap, at }) => (tap === i ? [{ h, at }] : [])),
      );
      const [first] = rows;
      if (first) {
        g.set(i32.add(dy.get, i32.const(bytes(first.h * dst.w * dst.b))));
        v.set(i32.add(x.get, i32.const(bytes(first.at * src.w * src.b))));
        f.times(rows.length, () => {
          for (const columns of groups) emitGroups(columns, g, v);
          f.advance(g, bytes(dst.w * dst.b));
          f.advance(v, bytes(s * src.w * src.b));
        });
      }
      for (const j of range(k)) {
        const all = sums.map((set) => (set[j] as Local<"v128">).get).reduce(v128.add);
        f.emit(f32.store(dw.get, v128.sum(all), bytes(i * k + j)));
      }
    }
    f.advance(x, bytes(src.pitch));
    f.advance(dy, bytes(dst.pitch));
    f.advance(dw, bytes(k * k));
  });
}

/** Groups of columns that differ by a shift alone: `count` of them, `step` columns of the output apart. */
interface Groups {
  /** The first group's first columns of ∂y and of the input. */
  readonly first: number;
  readonly from: number;
  readonly count: number;
  readonly step: number;
  /** Per column of a group: its place in ∂y, and what its taps read, both counted from the group's first. */
  readonly columns: readonly { readonly o: number; readonly uses: readonly Use[] }[];
}

function columnGroups(window: Window): Groups[] {
  const order = interleaved(window, false, window.dst.w);
  const groups: Groups[] = [];
  for (let i = 0; i < order.length; i += TOGETHER) {
    const members = order.slice(i, i + TOGETHER);
    const reads = members.map((o) => ({ o, uses: along(window, false, o, window.src.w) }));
    const first = Math.min(...members);
    const from = Math.min(...reads.flatMap(({ uses }) => uses.map(({ at }) => at)));
    const columns = reads.map(({ o, uses }) => ({
      o: o - first,
      uses: uses.map(({ tap, at }) => ({ tap, at: at - from })),
    }));
    const last = groups.at(-1);
    const step = last ? first - (last.first + (last.count - 1) * last.step) : 0;
    const follows =
      last &&
      (last.count === 1 || step === last.step) &&
      from - last.from === (first - last.first) * window.s &&
      JSON.stringify(columns) === JSON.stringify(last.columns);
    if (follows) groups[groups.length - 1] = { ...last, step, count: last.count + 1 };
    else groups.push({ first, from, count: 1, step: 0, columns });
  }
  return groups;
}

/** Emits all vectors of such groups: they add their products to the sums. */
function groupsEmitter(
  f: Fn,
  { s, src, dst }: Window,
  sums: readonly (readonly Local<"v128">[])[],
): (groups: Groups, g: Local<"i32">, v: Local<"i32">) => void {
  const grads = f.locals("v128", TOGETHER);
  const value = f.local("v128");
  const [gGroup, vGroup, gAt, vAt] = f.locals("i32", 4) as Four;
  return ({ first, from, count, step, columns }, g, v) => {
    const places = new Set(columns.flatMap(({ uses }) => uses.map(({ at }) => at)));
    gGroup.set(i32.add(g.get, i32.const(bytes(first * dst.b))));
    vGroup.set(i32.add(v.get, i32.const(bytes(from * src.b))));
    f.times(count, () => {
      gAt.set(gGroup.get);
      vAt.set(vGroup.get);
      f.times(dst.b / 4, () => {
        columns.forEach(({ o }, c) => {
          (grads[c] as Local<"v128">).set(v128.load(gAt.get, bytes(o * dst.b)));
        });
        for (const place of [...places].sort((a, b) => a - b)) {
          value.set(v128.load(vAt.get, bytes(place * src.b)));
          columns.forEach(({ uses }, c) => {
            for (const { tap } of uses.filter(({ at }) => at === place)) {
              const sum = sums[c % sums.length]?.[tap] as Local<"v128">;
              sum.set(f.madd(value.get, (grads[c] as Local<"v128">).get, sum.get));
            }
          });
        }
        f.advance(gAt, 16);
        f.advance(vAt, 16);
      });
      f.advance(gGroup, bytes(step * dst.b));
      f.advance(vGroup, bytes(step * s * src.b));
    });
  };
}
type Four = [Local<"i32">, Local<"i32">, Local<"i32">, Local<"i32">];
