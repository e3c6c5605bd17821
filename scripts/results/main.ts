/** @file Recorded runs: searches, trainings and a table of what they are worth, `npm run results -- --methods darts,rarts`. */
import { writeFile } from "node:fs/promises";
import { machine } from "../../bench/machine.ts";
import { methodOf, parseResults, type ResultsArgs, usage } from "./args.ts";
import { allSkip } from "./compare.ts";
import { report, type Trial } from "./report.ts";
import { isOutcome, type Outcome, search } from "./search.ts";

try {
  await main(parseResults(process.argv.slice(2)));
} catch (error) {
  const isUsage = error instanceof RangeError || error instanceof TypeError;
  console.error(isUsage ? `${error.message}\n\n${usage}` : (error as Error).message);
  process.exitCode = isUsage ? 2 : 1;
}

async function main(args: ResultsArgs): Promise<void> {
  const heading = { ...args, machine: machine([`Node ${process.versions.node}`]) };
  const trials: Trial[] = [];
  const add = async (trial: Trial): Promise<void> => {
    trials.push(trial);
    const found = "judged" in trial.trained ? trial.trained.judged["test"]?.accuracy : "refused";
    console.error(`${trial.name}, seed ${trial.seed}: ${found}`);
    if (args.out) await writeFile(args.out, report(heading, trials));
  };
  const train = async (groups: Outcome["genotype"]["groups"], seed: string, space: string) => {
    const genotype = JSON.stringify({ space, groups });
    const given = ["--method", "fixed", "--seed", seed, "--genotype", genotype, "--test"];
    const trained = await search([...args.train, ...given]);
    const rate = ["--steps", "1", "--set", "w.lr=1e-5", "--set", "w.lrFloor=1e-5"];
    return { trained, untrained: await search([...args.train, ...rate, ...given]) };
  };
  for (const seed of args.seeds) {
    let shape: Outcome | undefined;
    for (const name of args.methods) {
      const found = await search([...args.search, ...methodOf(name), "--seed", seed]);
      if (!isOutcome(found)) throw new Error(`${name}, seed ${seed}: ${found.refused}`);
      shape ??= found;
      const { groups } = found.genotype;
      await add({ name, seed, search: found, ...(await train(groups, seed, spaceOf(groups))) });
    }
    const skips = allSkip((shape as Outcome).genotype.groups);
    await add({ name: "all skips", seed, ...(await train(skips, seed, spaceOf(skips))) });
  }
  if (!args.out) console.log(report(heading, trials));
}

/** `fixed` looks at the groups alone; the name only has to be one of those with such groups. */
function spaceOf(groups: Outcome["genotype"]["groups"]): string {
  return "normal" in groups ? "darts-conv" : "cell" in groups ? "nb201" : "recurrent";
}
