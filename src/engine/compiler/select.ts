/** @file What a plan runs at a point: run-time switches, without compiling again. */
import { alive, MIXTURE, WEIGHTS } from "./graph.ts";
import type { Op, Plan, Step, Table } from "./plan.ts";

/** Which gradients are wanted; "none" runs the forward pass alone. */
export type Wanted = "weights" | "mixture" | "both" | "none";
/** Per alpha group and edge, the candidates to run; absent means all. */
export type Active = Readonly<Record<string, readonly (readonly number[])[]>>;

/** One setting of the switches. */
export interface Selection {
  /** Bits of `graph.ts`. */
  readonly serves: number;
  /** Per entry of the flat mixture vector. */
  readonly active: Uint8Array;
  /** Per layer: whether the output depends on it under this mask. */
  readonly alive: Uint8Array;
  /** Norms take mean and 1/σ as they stand in memory. */
  readonly given?: true;
}

const bits = { weights: WEIGHTS, mixture: MIXTURE, both: WEIGHTS | MIXTURE, none: 0 } as const;

/** The switches for these gradients and this mask. Throws if the mask names a candidate that does not exist. */
export const select = (plan: Plan, wanted: Wanted, active?: Active, given = false): Selection => ({
  ...selectEntries(plan, wanted, activeEntries(plan, active)),
  ...(given && { given }),
});

/** A mask as one flag for each entry of the flat mixture vector. Throws as `select` does. */
export function activeEntries({ mixture: { groups, size } }: Plan, active?: Active): Uint8Array {
  const flags = new Uint8Array(size).fill(1);
  for (const { name, offset, edges, ops } of groups) {
    const masked = active?.[name];
    masked?.forEach((candidates, edge) => {
      if (edge >= edges)
        throw new Error(`active.${name} has ${masked.length} edges; the network has ${edges}`);
      flags.fill(0, offset + edge * ops, offset + (edge + 1) * ops);
      for (const op of candidates) {
        if (!Number.isInteger(op) || op < 0 || op >= ops)
          throw new Error(
            `active.${name}[${edge}] names candidate ${op}; there are 0 … ${ops - 1}`,
          );
        flags[offset + edge * ops + op] = 1;
      }
    });
  }
  return flags;
}

/** The switches for these gradients and these flags. */
export function selectEntries(plan: Plan, wanted: Wanted, active: Uint8Array): Selection {
  const offsets = new Map(plan.mixture.groups.map((g) => [g.name, g]));
  const live = alive(plan.network, ({ group, edge, op }) => {
    const { offset = 0, ops = 0 } = offsets.get(group) ?? {};
    return active[offset + edge * ops + op] === 1;
  });
  return { serves: bits[wanted], active, alive: live };
}

/** Whether an op runs. */
export function runs({ layers, entry, serves, measures }: Op, selection: Selection): boolean {
  if (measures && selection.given) return false;
  if (serves !== 0 && !(serves & selection.serves)) return false;
  if (entry !== undefined && !selection.active[entry]) return false;
  for (const layer of layers) if (selection.alive[layer]) return true;
  return false;
}

/** The steps of the passes that the selection asks for. */
export const passes = (plan: Plan, { serves }: Selection): readonly (readonly Step[])[] =>
  serves ? [plan.forward, plan.backward] : [plan.forward];

/** A mixture kernel's terms that count. */
export const termsOf = ({ rows }: Table, { active }: Selection): Table["rows"] =>
  rows.filter(({ entry }) => entry === undefined || active[entry]);
