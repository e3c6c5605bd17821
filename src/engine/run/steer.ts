/**
 * @file Hands on α: single entries that are set, held by a spring, pinned or masked, whatever the method does.
 *
 *   hold   α ← α + k (value − α)                      after every step, k = 0.2
 *   pin    α and its optimiser's memory as before the step
 *   mask   as a pin at −10⁹, of which every softmax is exactly 0 and which no argmax takes
 */
import { add, cast, mul, sub, type Tensor, tensor, tensor2d, where } from "@tensorflow/tfjs-core";
import type { AlphaEntry, AlphaGroup, Force, Steer } from "../../protocol/spec.ts";
import { isTensor, type Params } from "../core/params.ts";
import { maskedAlpha } from "../core/values.ts";
import { SpecError } from "../errors.ts";
import type { AlphaValues, BoundProblem, MethodState } from "../problem.ts";

/** Share of the way back to its value that a held α goes at every step. */
const stiffness = 0.2;
/** Largest size of a typed α: far beyond what a softmax tells apart. */
const limit = 1000;

interface Steered {
  readonly alpha: AlphaValues;
  readonly forces: readonly Force[];
}

/**
 * α, (edges, ops) row by row per group, and the forces after `patch`; what is given stays as it is. Throws `SpecError`
 * for an entry that does not exist, a number out of range, and a mask that would leave an edge without a candidate.
 */
export function steer(
  groups: readonly AlphaGroup[],
  { alpha, forces }: Steered,
  patch: readonly Steer[],
): Steered {
  const values = Object.fromEntries(Object.entries(alpha).map(([k, v]) => [k, v.slice()]));
  const hands = new Map(forces.map((force) => [keyOf(force), force]));
  for (const { group, edge, op, set, force } of patch) {
    const entry = { group, edge, op };
    const index = indexOf(groups, entry);
    if (set !== undefined && !(Math.abs(set) <= limit))
      throw new SpecError(`α = ${set} on ${nameOf(entry)} is outside [−${limit}, ${limit}]`);
    const row = values[group] as Float32Array;
    const before = hands.get(keyOf(entry));
    const standing = before?.kind === "mask" ? before.value : (row[index] as number);
    const value = Math.fround(set ?? standing);
    const kind = force ?? before?.kind ?? "none";
    if (kind === "none") hands.delete(keyOf(entry));
    else {
      const keeps = before?.kind === "hold" && kind === "hold" && set === undefined;
      hands.set(keyOf(entry), { ...entry, kind, value: keeps ? before.value : value });
    }
    row[index] = kind === "mask" ? maskedAlpha : value;
  }
  const all = [...hands.values()];
  for (const entry of all.filter(({ kind }) => kind === "mask"))
    leavesACandidate(groups, all, entry);
  return { alpha: values, forces: all };
}

/** A spec's forces as what makes them on a new run. Throws `SpecError` for two on one entry. */
export function steersOf(forces: readonly Force[]): readonly Steer[] {
  const keys = forces.map(keyOf);
  const twice = forces.find((force, i) => keys.indexOf(keyOf(force)) < i);
  if (twice) throw new SpecError(`two forces on ${nameOf(twice)}; one is allowed`);
  for (const { kind, ...entry } of forces)
    if (!["hold", "pin", "mask"].includes(kind))
      throw new SpecError(`no force "${kind}" for ${nameOf(entry)}; there are hold, pin, mask`);
  return forces.map(({ group, edge, op, kind, value }) => ({
    ...{ group, edge, op },
    force: kind,
    set: value,
  }));
}

/** The state with other numbers for α, (edges, ops) row by row per group; its optimiser's memory stays. */
export const withAlpha = <S extends MethodState>(state: S, values: AlphaValues): S => ({
  ...state,
  alpha: Object.fromEntries(
    Object.entries(state.alpha).map(([name, { shape }]) => [
      name,
      tensor(values[name] as Float32Array, shape),
    ]),
  ),
});

/** The state after a step with every hand back in place. Inside a tidy; the same state where there are no forces. */
export function resist<S extends MethodState>(
  groups: readonly AlphaGroup[],
  forces: readonly Force[],
  before: S,
  after: S,
): S {
  if (forces.length === 0) return after;
  const still = marks(groups, forces, ({ kind }) => (kind === "hold" ? 0 : 1));
  const held = marks(groups, forces, ({ kind }) => (kind === "hold" ? stiffness : 0));
  const towards = marks(groups, forces, ({ kind, value }) => (kind === "hold" ? value : 0));
  const restore = (was: unknown, is: unknown, key: string): unknown => {
    if (isTensor(is)) {
      const frozen = still[key];
      const isOfAlpha = frozen && isTensor(was) && String(is.shape) === String(frozen.shape);
      return isOfAlpha && is !== was ? where(cast(frozen, "bool"), was, is) : is;
    }
    return is !== null && typeof is === "object"
      ? Object.fromEntries(
          Object.entries(is).map(([k, v]) => [k, restore((was as Params | undefined)?.[k], v, k)]),
        )
      : is;
  };
  const restored = restore(before, after, "") as S;
  const alpha = Object.entries(restored.alpha).map(([name, a]) => [
    name,
    forces.some((f) => f.group === name && f.kind === "hold")
      ? add(a, mul(held[name] as Tensor, sub(towards[name] as Tensor, a)))
      : a,
  ]);
  return { ...restored, alpha: Object.fromEntries(alpha) };
}

/** The problem without its masked candidates: they are not even computed. The same problem where none is masked. */
export function withoutMasked(problem: BoundProblem, forces: readonly Force[]): BoundProblem {
  const masked = new Set(forces.filter(({ kind }) => kind === "mask").map(keyOf));
  if (masked.size === 0) return problem;
  const { groups } = problem;
  const isOut = (entry: AlphaEntry) => masked.has(keyOf(entry));
  const active = Object.fromEntries(
    groups.map(({ name, edges, ops }) => [
      name,
      edges.map((_, edge) =>
        ops.flatMap((_, op) => (isOut({ group: name, edge, op }) ? [] : [op])),
      ),
    ]),
  );
  return {
    ...problem,
    isMasked: isOut,
    relax: (alpha) => ({ ...problem.relax(alpha), active }),
  };
}

const keyOf = ({ group, edge, op }: AlphaEntry) => `${group} ${edge} ${op}`;
const nameOf = ({ group, edge, op }: AlphaEntry) => `"${group}", edge ${edge}, operation ${op}`;

function indexOf(groups: readonly AlphaGroup[], entry: AlphaEntry): number {
  const group = groups.find(({ name }) => name === entry.group);
  if (!group)
    throw new SpecError(
      `no group "${entry.group}"; there are ${groups.map((g) => g.name).join(", ")}`,
    );
  const { edges, ops } = group;
  if (edges[entry.edge] === undefined || ops[entry.op] === undefined)
    throw new SpecError(
      `no ${nameOf(entry)}; edges are 0 to ${edges.length - 1} and operations 0 to ${ops.length - 1}`,
    );
  return entry.edge * ops.length + entry.op;
}

/** An edge must keep a candidate to derive, which `none` is not. */
function leavesACandidate(
  groups: readonly AlphaGroup[],
  forces: readonly Force[],
  { group, edge, op }: AlphaEntry,
): void {
  const { kind, ops } = groups.find(({ name }) => name === group) as AlphaGroup;
  if (kind === "gate") throw new SpecError(`"${group}" has no candidates to mask, only numbers`);
  const isMasked = (op: number) =>
    forces.some((f) => f.kind === "mask" && keyOf(f) === keyOf({ group, edge, op }));
  if (!ops.some((name, o) => name !== "none" && !isMasked(o)))
    throw new SpecError(
      `masking ${nameOf({ group, edge, op })} leaves the edge no operation to keep`,
    );
}

/** (edges, ops) per group: each force's number at its place, 0 elsewhere. */
function marks(
  groups: readonly AlphaGroup[],
  forces: readonly Force[],
  numberOf: (force: Force) => number,
): Record<string, Tensor> {
  return Object.fromEntries(
    groups.map(({ name, edges, ops }) => {
      const values = new Float32Array(edges.length * ops.length);
      for (const force of forces)
        if (force.group === name) values[force.edge * ops.length + force.op] = numberOf(force);
      return [name, tensor2d(values, [edges.length, ops.length])];
    }),
  );
}
