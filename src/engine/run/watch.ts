/** @file The watch over a run: which stop rules look at it when, what they remember, and the flags they have planted. */
import type { Flag } from "../../protocol/messages.ts";
import type { AlphaGroup, RunSpec } from "../../protocol/spec.ts";
import { SpecError } from "../errors.ts";
import type { SearchMethod } from "../problem.ts";
import { epochs, type Look, type Scene, type StopRule, stopRules } from "./stop-rules.ts";

/** All that a watch remembers, as JSON: it goes into checkpoints. */
export interface Watched {
  /** By rule, its last looks in order. */
  readonly looks: Readonly<Record<string, readonly Look[]>>;
  /** In order; one a rule at most. */
  readonly flags: readonly Flag[];
}
export const nothingWatched: Watched = { looks: {}, flags: [] };

/** Throws `SpecError` for an unknown or repeated rule, one that these groups are nothing for, or a method that searches nothing. */
export function checkStop(
  { stop, space }: RunSpec,
  method: SearchMethod,
  groups: readonly AlphaGroup[],
): void {
  if (!stop) return;
  if (method.trainsGenotype)
    throw new SpecError(`method "${method.id}" searches nothing that a stop rule could watch`);
  for (const [i, id] of stop.rules.entries()) {
    const rule = stopRules.find((r) => r.id === id);
    if (!rule)
      throw new SpecError(
        `no stop rule "${id}"; there are ${stopRules.map((r) => r.id).join(", ")}`,
      );
    if (!rule.accepts(groups))
      throw new SpecError(`stop rule "${id}" has nothing to watch in space "${space}"`);
    if (stop.rules.indexOf(id) < i) throw new SpecError(`stop rule "${id}" is named twice`);
  }
}

/** The rules that look at a run after `steps` steps and have not spoken yet. */
export function rulesDue(
  { stop, steps: all }: RunSpec,
  { flags }: Watched,
  steps: number,
): readonly StopRule[] {
  const epoch = Math.ceil(all / epochs);
  return stopRules.filter(
    ({ id, every }) =>
      stop?.rules.includes(id) &&
      steps % (every * epoch) === 0 &&
      !flags.some(({ rule }) => rule === id),
  );
}

/** What is remembered once these rules have looked; new flags come last. */
export async function watch(
  rules: readonly StopRule[],
  { looks, flags }: Watched,
  at: Scene & { readonly steps: number; readonly all: number },
): Promise<Watched> {
  const now: Record<string, readonly Look[]> = { ...looks };
  const planted = [...flags];
  for (const rule of rules) {
    const look = { steps: at.steps, seen: await rule.look(at), genotype: at.genotype };
    const kept = [...(looks[rule.id] ?? []), look].slice(-rule.keeps);
    now[rule.id] = kept;
    const verdict = rule.judge(kept, at.all);
    if (!verdict) continue;
    const { why, of } = verdict;
    planted.push({ rule: rule.id, steps: at.steps, why, genotype: of.genotype, of: of.steps });
  }
  return { looks: now, flags: planted };
}

/** After how many steps a run is over: its spec's, or where the first flag ends it. */
export const endOf = ({ stop, steps }: RunSpec, { flags }: Watched): number =>
  (stop?.ends && flags[0]?.steps) || steps;
