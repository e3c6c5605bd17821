/** @file What is known of one edge besides α: its part in the discretisation gap, and what each seed chose there. */
import type { Probed } from "../../protocol/messages.ts";
import type { GenotypeEdge } from "../../protocol/spec.ts";

/** What cutting one edge alone costs. */
export interface EdgePart {
  /** In the units of the loss. */
  readonly cost: number;
  /** Of the whole gap on the same batches; undefined where there is hardly one. */
  readonly share: number | undefined;
  readonly gap: number;
  /** After how many steps it was measured. */
  readonly step: number;
}

/** Gaps smaller than this are no whole to be a part of. */
const leastGap = 1e-4;

/** From the newest look up to a moment; undefined before the first. */
export function edgePartIn(
  probed: readonly Probed[],
  steps: number,
  group: string,
  edge: number,
): EdgePart | undefined {
  const look = probed.findLast((p) => p.probe === "edges" && p.step <= steps);
  const cost = look?.values[`${group}.${edge}`];
  const gap = look?.values["gap"];
  if (!look || cost === undefined || gap === undefined) return undefined;
  return { cost, gap, share: Math.abs(gap) < leastGap ? undefined : cost / gap, step: look.step };
}

/** One choice on an edge, and the seeds that made it. */
export interface SeedChoice {
  /** Undefined for seeds that drop the edge. */
  readonly op: string | undefined;
  readonly seeds: readonly number[];
}

/** The most frequent choice first. `cells` are genotypes' edges of one group, by seed. */
export function seedChoices(
  cells: readonly { readonly seed: number; readonly edges: readonly GenotypeEdge[] }[],
  { from, to }: Pick<GenotypeEdge, "from" | "to">,
): readonly SeedChoice[] {
  const choices = new Map<string | undefined, number[]>();
  for (const { seed, edges } of cells) {
    const op = edges.find((e) => e.from === from && e.to === to)?.op;
    choices.set(op, [...(choices.get(op) ?? []), seed]);
  }
  return [...choices]
    .map(([op, seeds]) => ({ op, seeds }))
    .sort((a, b) => b.seeds.length - a.seeds.length);
}
