/** @file Where the genotype of now stands among random ones, all cut out of the supernet with the weights that it has. */
import { normalScores } from "../methods/paths.ts";
import { genotypeMixture, judge } from "./judge.ts";
import { choosesOps, type Probe } from "./probe.ts";

const drawn = 16;

export const ranking: Probe = {
  id: "ranking",
  label: "Supernet ranking",
  summary:
    "Random genotypes and the one of now, judged by the supernet's own weights: whether the search prefers what the supernet does well. Supernet ranks are weak evidence of how networks train alone.",
  reference: "Li & Talwalkar, arXiv:1902.07638 (random search with weight sharing)",
  cost: `${2 * (drawn + 1)} forward passes`,
  batches: 2,
  accepts: choosesOps,
  async measure(context) {
    const { problem, alphaOnHost, derive, rng } = context;
    const { groups } = problem;
    const lossOf = async (alpha: typeof alphaOnHost): Promise<number> =>
      (await judge(context, () => genotypeMixture(groups, derive(alpha)))).loss;
    const derived = await lossOf(alphaOnHost);
    const random: number[] = [];
    for (let i = 0; i < drawn; i++) random.push(await lossOf(normalScores(groups, rng.fork(i))));
    const mean = random.reduce((a, b) => a + b, 0) / drawn;
    const variance = random.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (drawn - 1);
    return {
      derivedLoss: derived,
      randomLoss: mean,
      randomDeviation: Math.sqrt(variance),
      bestRandomLoss: Math.min(...random),
      betterThan: random.filter((loss) => derived < loss).length / drawn,
    };
  },
};
