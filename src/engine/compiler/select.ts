/** @file What a plan runs at a point: run-time switches, without compiling again. */
import { holds, type Switches } from "./conditions.ts";
import { alive, MIXTURE, purposes, WEIGHTS } from "./graph.ts";
import type { Op, Plan, Step, Table } from "./plan.ts";

/** Which gradients are wanted; "none" runs the forward pass alone. */
export type Wanted = "weights" | "mixture" | "both" | "none";
/** Per alpha group and edge, the candidates to run; absent means all. */
export type Active = Readonly<Record<string, readonly (readonly number[])[]>>;

/** Per alpha group, the edges whose gradient is wanted; absent means all. */
export type Learning = Readonly<Record<string, readonly number[]>>;

/** Which entries of the flat mixture vector run, and of which the gradient is wanted if the mixture's is. */
export type Entries = Pick<Switches, "active" | "learning">;
/** One setting of the switches, with the plan's conditions, which they decide. */
export interface Selection extends Switches {
  readonly conditions: Int32Array;
}

const bits = { weights: WEIGHTS, mixture: MIXTURE, both: WEIGHTS | MIXTURE, none: 0 } as const;

/**
 * The switches for these gradients and this mask. Throws if the mask names a candidate that does not exist, or `learning`
 * an edge.
 */
export const select = (
  plan: Plan,
  wanted: Wanted,
  active?: Active,
  {
    learning,
    given = false,
  }: { readonly learning?: Learning | undefined; readonly given?: boolean } = {},
): Selection => ({
  ...selectEntries(plan, wanted, entriesOf(plan, active, learning)),
  ...(given && { given }),
});

/** A mask, and what learns, as one flag for each entry of the flat mixture vector. Throws as `select` does. */
export function entriesOf(
  { mixture: { groups, size } }: Plan,
  active?: Active,
  learning?: Learning,
): Entries {
  const flags = { active: new Uint8Array(size).fill(1), learning: new Uint8Array(size).fill(1) };
  for (const { name, offset, edges, ops } of groups) {
    const masked = active?.[name];
    masked?.forEach((candidates, edge) => {
      if (edge >= edges)
        throw new Error(`active.${name} has ${masked.length} edges; the network has ${edges}`);
      flags.active.fill(0, offset + edge * ops, offset + (edge + 1) * ops);
      for (const op of candidates) {
        if (!Number.isInteger(op) || op < 0 || op >= ops)
          throw new Error(
            `active.${name}[${edge}] names candidate ${op}; there are 0 … ${ops - 1}`,
          );
        flags.active[offset + edge * ops + op] = 1;
      }
    });
    const learns = learning?.[name];
    if (!learns) continue;
    flags.learning.fill(0, offset, offset + edges * ops);
    for (const edge of learns) {
      if (!Number.isInteger(edge) || edge < 0 || edge >= edges)
        throw new Error(`learning.${name} names edge ${edge}; there are 0 … ${edges - 1}`);
      flags.learning.fill(1, offset + edge * ops, offset + (edge + 1) * ops);
    }
  }
  return flags;
}

/** The switches for these gradients and these flags. */
export function selectEntries(plan: Plan, wanted: Wanted, entries: Entries): Selection {
  const { links, conditions } = plan;
  const serves = bits[wanted];
  const leads = purposes(links, entries.active, entries.learning);
  return {
    ...entries,
    serves,
    conditions,
    alive: alive(links, entries.active),
    purposes: leads.map((purpose) => purpose & serves),
  };
}

/** Whether an op of the selection's plan runs. */
export const runs = ({ condition }: Op, selection: Selection): boolean =>
  holds(selection.conditions, condition, selection);

/** The steps of the passes that the selection asks for. */
export const passes = (plan: Plan, { serves }: Selection): readonly (readonly Step[])[] =>
  serves ? [plan.forward, plan.backward] : [plan.forward];

/** A mixture kernel's terms that count. */
export const termsOf = ({ rows }: Table, { active }: Selection): Table["rows"] =>
  rows.filter(({ entry }) => entry === undefined || active[entry]);
