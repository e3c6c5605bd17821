/** @file What α alone says, without a pass: the same numbers as the page computes for itself. */
import { countOps, measureAlpha } from "../../genotype/measures.ts";
import { choosesOps, type Probe } from "./probe.ts";

export const decided: Probe = {
  id: "alpha",
  label: "Decidedness of α",
  summary:
    "Per cell: how even the shares still are (1 even, 0 decided), how much of them is none, and how many edges of the genotype skip.",
  reference: "skips in the normal cell: DARTS+, arXiv:1909.06035",
  cost: "no pass",
  batches: 1,
  accepts: choosesOps,
  async measure({ problem, alphaOnHost, derive }) {
    const genotype = derive(alphaOnHost);
    return Object.fromEntries(
      problem.groups.flatMap((group) => {
        const { name } = group;
        const { entropy, relativeEntropy, noneMass } = measureAlpha(
          group,
          alphaOnHost[name] as Float32Array,
        );
        const [skips] = countOps(genotype.groups[name] ?? [], ["skip_connect"]);
        return [
          [`${name}.entropy`, entropy],
          [`${name}.relativeEntropy`, relativeEntropy],
          [`${name}.noneMass`, noneMass],
          [`${name}.skips`, skips as number],
        ];
      }),
    );
  },
};
