/** @file A search's health: what stopping now would cost, and where published rules would have stopped it. */
import { countOps, measureAlpha } from "../../genotype/measures.ts";
import type { Flag as Planted, Probed } from "../../protocol/messages.ts";
import type { AlphaGroup, Genotype, RunSpec } from "../../protocol/spec.ts";
import { type Change, genotypeAt } from "./changes.ts";

/** The newest look at the discretisation gap, in the units of the loss. */
export interface Gap {
  readonly mixture: number;
  readonly cut: number;
  readonly gap: number;
  /** Of the gap, what choosing operations and what dropping edges makes. */
  readonly fromOperations: number;
  readonly fromEdges: number;
  /** After how many steps it was measured. */
  readonly step: number;
  /** Passes that the look took. */
  readonly passes: number;
  /** Every look's gap so far, the oldest first. */
  readonly series: readonly number[];
}

/** Looks up to a moment; undefined before the first. */
export function gapIn(probed: readonly Probed[], steps: number): Gap | undefined {
  const looks = probed.filter((p) => p.probe === "gap" && p.step <= steps);
  const last = looks.at(-1);
  if (!last) return undefined;
  const value = (name: string) => last.values[name] ?? Number.NaN;
  return {
    mixture: value("mixtureLoss"),
    cut: value("cutLoss"),
    gap: value("gap"),
    fromOperations: value("gapFromOperations"),
    fromEdges: value("gapFromEdges"),
    step: last.step,
    passes: last.passes,
    series: looks.map(({ values }) => values["gap"] ?? Number.NaN),
  };
}

/** Mean evenness of α over all edges of all groups that choose: 1 even, 0 decided; undefined without such a group. */
export function evennessOf(
  groups: readonly AlphaGroup[],
  alpha: Readonly<Record<string, Float32Array>>,
): number | undefined {
  const parts = groups.flatMap((group) => {
    const own = alpha[group.name];
    if (group.kind !== "choice" || own?.length !== group.edges.length * group.ops.length) return [];
    return [{ edges: group.edges.length, mean: measureAlpha(group, own).relativeEntropy }];
  });
  const edges = parts.reduce((n, part) => n + part.edges, 0);
  return edges === 0 ? undefined : parts.reduce((sum, p) => sum + p.edges * p.mean, 0) / edges;
}

/** Skips in the normal cell; undefined in a space without one. */
export function skipsIn(genotype: Genotype): number | undefined {
  const normal = genotype.groups["normal"];
  return normal && countOps(normal, ["skip_connect"])[0];
}

/** Where published rules would have stopped a search. */
export interface Thresholds {
  /** Skips in the normal cell: DARTS+ has 2. */
  readonly skips: number;
  /** Growth of λ_max: RobustDARTS has 1.3. */
  readonly growth: number;
}
export const usualThresholds: Thresholds = { skips: 2, growth: 1.3 };

/** A rule that was met. */
export interface Flag {
  readonly rule: string;
  /** The run ended here, as it was asked to; otherwise nothing is stopped. */
  readonly isEnd?: true;
  /** After how many steps it was met. */
  readonly steps: number;
  /** Whose genotype the rule returns. */
  readonly keeps: number;
  readonly genotype: Genotype | undefined;
  readonly why: string;
}

/** What a run tells that flags are made of. */
export interface Flagged {
  readonly changes: readonly Change[];
  readonly probed: readonly Probed[];
  /** Planted by stop rules of the engine, which count in its epochs. */
  readonly flags: readonly Planted[];
  readonly spec?: Pick<RunSpec, "stop"> | undefined;
}
/** The papers whose rules are also looked for here, by the engine's ids. */
const papers: Readonly<Record<string, string>> = { skips: "DARTS+", sharpness: "RobustDARTS" };
/** What the engine's rules are called, by their ids. */
export type RuleNames = Readonly<Record<string, string>>;

/** The first crossing of each rule; what the engine itself has planted comes before what is seen here. */
export function flagsOf(
  { changes, probed, flags, spec }: Flagged,
  { skips, growth }: Thresholds,
  names: RuleNames = {},
): readonly Flag[] {
  const planted = flags.map(({ rule, steps, of, genotype, why }, i): Flag => {
    const name = papers[rule] ?? names[rule] ?? rule;
    const isEnd = i === 0 && spec?.stop?.ends === true;
    return { rule: name, steps, keeps: of, genotype, why, ...(isEnd && { isEnd }) };
  });
  const seen = [...skipFlag(changes, skips), ...sharpnessFlag(changes, probed, growth)];
  return [...planted, ...seen.filter(({ rule }) => !planted.some((p) => p.rule === rule))];
}

function skipFlag(changes: readonly Change[], most: number): readonly Flag[] {
  const met = changes.find(({ genotype }, i) => {
    const before = changes[i - 1];
    // What chance begins with is no collapse: only a crossing counts.
    return before && (skipsIn(genotype) ?? 0) >= most && (skipsIn(before.genotype) ?? 0) < most;
  });
  if (!met) return [];
  const { steps, genotype } = met;
  const asked = most === 2 ? "" : ` Asked for here: ${most}.`;
  const why = `The normal cell has ${skipsIn(genotype)} skips; DARTS+ (arXiv:1909.06035) stops at 2 or more.${asked}`;
  return [{ rule: "DARTS+", steps, keeps: steps, genotype, why }];
}

/** Measurements that are averaged, and how many of them the comparison reaches back. */
const window = 5;
const back = 4;

/** RobustDARTS's early stopping: mean of 5 looks at λ_max over that of 4 looks before; it returns the earlier genotype. */
function sharpnessFlag(
  changes: readonly Change[],
  probed: readonly Probed[],
  growth: number,
): readonly Flag[] {
  const looks = probed.filter((p) => p.probe === "lambda");
  const means = looks.map((_, i) => {
    const recent = looks.slice(Math.max(0, i + 1 - window), i + 1);
    return recent.reduce((sum, p) => sum + (p.values["lambdaMax"] ?? 0), 0) / recent.length;
  });
  const met = means.findIndex((mean, i) => {
    const earlier = means[i - back];
    return earlier !== undefined && earlier > 0 && mean / earlier > growth;
  });
  const [now, then] = [looks[met], looks[met - back]];
  if (!now || !then) return [];
  const ratio = (means[met] as number) / (means[met - back] as number);
  const why = `λ_max has grown ${ratio.toFixed(2)}-fold in ${back} looks; RobustDARTS (arXiv:1909.09656) stops above 1.3 and keeps the earlier genotype. It looks every 2 epochs, after 10.${growth === 1.3 ? "" : ` Asked for here: ${growth}.`}`;
  const genotype = genotypeAt(changes, then.step);
  return [{ rule: "RobustDARTS", steps: now.step, keeps: then.step, genotype, why }];
}
