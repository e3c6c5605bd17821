/** @file Rules that tell when a search had better been stopped, as published: what each looks at, and when it speaks. */
import { countOps } from "../../genotype/measures.ts";
import type { AlphaGroup, Genotype } from "../../protocol/spec.ts";
import { lambda } from "../probes/lambda.ts";
import { choosesOps, type Probe } from "../probes/probe.ts";
import type { AlphaValues } from "../problem.ts";

/** The papers count epochs of searches that have 50; here an epoch is the fiftieth part of the run. */
export const epochs = 50;

/** What one look at a run noted, and what would have been derived then. */
export interface Look {
  /** After so many steps. */
  readonly steps: number;
  readonly seen: number | string;
  readonly genotype: Genotype;
}
/** A run at a look. */
export interface Scene {
  readonly groups: readonly AlphaGroup[];
  /** (edges, ops) row by row, per group. */
  readonly alpha: AlphaValues;
  readonly genotype: Genotype;
  measure(probe: Probe): Promise<Readonly<Record<string, number>>>;
}
/** Why the rule speaks, and which look's genotype it would return. */
export interface Verdict {
  readonly why: string;
  readonly of: Look;
}

/** Pure: all that a rule remembers is its last `keeps` looks. */
export interface StopRule {
  readonly id: string;
  readonly label: string;
  /** One sentence for someone who has not read the paper. */
  readonly summary: string;
  readonly reference: string;
  /** It looks once in so many epochs. */
  readonly every: number;
  readonly keeps: number;
  accepts(groups: readonly AlphaGroup[]): boolean;
  look(scene: Scene): Promise<Look["seen"]>;
  /** `looks` are in order; the run has `steps` steps in all. */
  judge(looks: readonly Look[], steps: number): Verdict | undefined;
}

const skip = "skip_connect";
/** DARTS+ counts in the normal cell; a space with one cell has no other. */
const normalCell = (groups: readonly AlphaGroup[]): AlphaGroup | undefined =>
  groups.find(({ name }) => name === "normal") ?? (groups.length === 1 ? groups[0] : undefined);
const mostSkips = 1;

const skips: StopRule = {
  id: "skips",
  label: "Two skips",
  summary: "Speaks when the normal cell that would be derived has two skips or more.",
  reference: "Liang et al., DARTS+, arXiv:1909.06035, its first criterion; one look an epoch",
  every: 1,
  keeps: 1,
  accepts: (groups) => choosesOps(groups) && normalCell(groups)?.ops.includes(skip) === true,
  async look({ groups, genotype }) {
    const name = normalCell(groups)?.name ?? "";
    return countOps(genotype.groups[name] ?? [], [skip])[0] as number;
  },
  judge([of]) {
    if (!of || Number(of.seen) <= mostSkips) return undefined;
    return { of, why: `the derived cell has ${of.seen} skips` };
  },
};

/** RobustDARTS's code: averages over 5 measurements, compared 4 apart, the earlier one of epoch 10 or later. */
const [window, apart, growth, earliest] = [5, 4, 1.3, 10];

const sharpness: StopRule = {
  id: "sharpness",
  label: "Growing sharpness",
  summary:
    "Speaks when λ_max, averaged over 5 measurements, is 1.3 times what it was 4 measurements earlier, and returns the genotype of that time.",
  reference:
    "Zela et al., RobustDARTS, ICLR 2020, arXiv:1909.09656, DARTS-ES as in its code; λ_max by this project's probe",
  every: 2,
  keeps: window + apart,
  accepts: choosesOps,
  look: async ({ measure }) => (await measure(lambda))["lambdaMax"] as number,
  judge(looks, steps) {
    const then = looks.length - 1 - apart;
    const of = looks[then];
    if (!of || of.steps < (earliest / epochs) * steps) return undefined;
    const average = (last: number): number => {
      const values = looks.slice(Math.max(0, last + 1 - window), last + 1);
      return values.reduce((sum, { seen }) => sum + Number(seen), 0) / values.length;
    };
    const [before, now] = [average(then), average(looks.length - 1)];
    if (!(before > 0 && now > growth * before)) return undefined;
    return {
      of,
      why: `λ_max grew from ${before.toPrecision(3)} to ${now.toPrecision(3)} on average since step ${of.steps}`,
    };
  },
};

/** Operations with weights of their own, whose order DARTS+ watches. */
const isLearnable = (op: string): boolean => op.includes("conv");
const stableFor = 10;

const ranking: StopRule = {
  id: "ranking",
  label: "Settled ranking",
  summary:
    "Speaks when the order of the operations with weights has been the same on every edge for 10 epochs.",
  reference: "Liang et al., DARTS+, arXiv:1909.06035, its second criterion; one look an epoch",
  every: 1,
  keeps: stableFor + 1,
  accepts: (groups) =>
    choosesOps(groups) && groups.every(({ ops }) => ops.filter(isLearnable).length > 1),
  look: async ({ groups, alpha }) => groups.map((group) => orderIn(group, alpha)).join(" | "),
  judge(looks) {
    const of = looks.at(-1);
    const isSame = looks.every(({ seen }) => seen === of?.seen);
    if (!of || looks.length <= stableFor || !isSame) return undefined;
    return { of, why: `no order of operations has changed since step ${looks[0]?.steps}` };
  },
};

/** "4567 5467 …": per edge, the columns of learnable operations, strongest first. */
const orderIn = ({ name, edges, ops }: AlphaGroup, alpha: AlphaValues): string => {
  const values = alpha[name] as Float32Array;
  const learnable = ops.flatMap((op, o) => (isLearnable(op) ? [o] : []));
  return edges
    .map((_, edge) => {
      const at = (op: number) => values[edge * ops.length + op] as number;
      return [...learnable].sort((a, b) => at(b) - at(a)).join("");
    })
    .join(" ");
};

export const stopRules: readonly StopRule[] = [skips, sharpness, ranking];
