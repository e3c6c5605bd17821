/** @file What several seeds say: mean and range, and which of two ranges lie apart. */
import type { Genotype } from "../../src/protocol/spec.ts";

/** Figures of one contestant, one a seed. */
export interface Figures {
  readonly name: string;
  readonly values: readonly number[];
}

/** "31.4 (30.2 – 32.9)", or the one figure alone. */
export function spread(values: readonly number[], digits: number): string {
  if (values.length === 0) return "–";
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  const shown = (x: number): string => x.toFixed(digits);
  if (values.length === 1) return shown(mean);
  return `${shown(mean)} (${shown(Math.min(...values))} – ${shown(Math.max(...values))})`;
}

/** Plain sentences on which ranges lie apart. Fewer than two seeds rank nothing. */
export function sentences(all: readonly Figures[], lowerIsBetter: boolean): readonly string[] {
  const contestants = all.filter(({ values }) => values.length > 0);
  if (contestants.some(({ values }) => values.length < 2))
    return ["One seed: the figures show that it runs, and rank nothing."];
  const beats = (a: Figures, b: Figures): boolean =>
    lowerIsBetter
      ? Math.max(...a.values) < Math.min(...b.values)
      : Math.min(...a.values) > Math.max(...b.values);
  const ahead = contestants.flatMap((a) => {
    const beaten = contestants.filter((b) => beats(a, b)).map(({ name }) => name);
    return beaten.length === 0
      ? []
      : [`Every seed of ${a.name} is better than every seed of ${listed(beaten)}.`];
  });
  const tied = contestants.flatMap((a, i) =>
    contestants
      .slice(i + 1)
      .filter((b) => !beats(a, b) && !beats(b, a))
      .map((b) => `${a.name} and ${b.name}`),
  );
  const rest =
    tied.length === 0
      ? "All ranges lie apart."
      : `Ranges overlap, so that nothing is claimed, between ${listed(tied, "; ")}.`;
  return [...ahead, rest];
}
const listed = (names: readonly string[], comma = ", "): string =>
  names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(comma)}${comma === ", " ? " and " : comma}${names.at(-1)}`;

/**
 * The genotype of the same shape whose every edge passes on what it reads: as many edges into each node, from its first
 * predecessors, all `skip_connect`, or `identity` in a recurrent cell.
 */
export function allSkip(groups: Genotype["groups"]): Genotype["groups"] {
  return Object.fromEntries(
    Object.entries(groups).map(([name, edges]) => {
      const op = name === "recurrent" ? "identity" : "skip_connect";
      const nodes = [...new Set(edges.map(({ to }) => to))].sort((a, b) => a - b);
      const skips = nodes.flatMap((to) =>
        Array.from({ length: edges.filter((e) => e.to === to).length }, (_, from) => ({
          ...{ from, to, op },
        })),
      );
      return [name, skips];
    }),
  );
}
