/** @file Command line of `npm run results`. */
import { parseArgs } from "node:util";

export const usage = `npm run results -- --methods A,B [options]
  Searches with every method and seed, trains each genotype from scratch with "fixed" for every seed's own, and the cell of
  skips beside it; judges them on the test examples and writes a table.
  --preset NAME       as of npm run search  (default tiny)
  --methods A,B       as of npm run search --method, with settings if wanted: darts,darts:tied=1
  --seeds 1,2,3       (default 1,2,3)
  --steps N           of a search  (default: the preset's)
  --train-steps N     of a training  (default: the preset's)
  --set NAME=X        for searches and trainings: sizes; repeat for more
  --search-set NAME=X for searches alone
  --train-set NAME=X  for trainings alone
  --title TEXT        of the page
  --out FILE          Markdown, written after every run  (default: standard output at the end)`;

export interface ResultsArgs {
  readonly methods: readonly string[];
  readonly seeds: readonly string[];
  /** What every search is given but method and seed. */
  readonly search: readonly string[];
  readonly train: readonly string[];
  readonly title: string;
  readonly out: string | undefined;
  /** As it was typed. */
  readonly command: string;
}

/** "darts:tied=1:momentum=1" as arguments of a search. */
export function methodOf(name: string): readonly string[] {
  const [id = "", ...settings] = name.split(":");
  return ["--method", id, ...settings.flatMap((setting) => ["--set", setting])];
}

/** Throws `TypeError` for an unknown option, `RangeError` without methods. */
export function parseResults(argv: readonly string[]): ResultsArgs {
  const text = { type: "string" } as const;
  const many = { type: "string", multiple: true } as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      ...{ preset: text, methods: text, seeds: text, steps: text, title: text, out: text },
      ...{ set: many, "train-steps": text, "search-set": many, "train-set": many },
    },
  });
  if (!values.methods) throw new RangeError("--methods names none; darts,rarts would be two");
  const preset = values.preset ?? "tiny";
  const sets = (of: readonly string[] = []) => of.flatMap((s) => ["--set", s]);
  const given = (steps: string | undefined) => [
    ...["--preset", preset],
    ...(steps === undefined ? [] : ["--steps", steps]),
    ...sets(values.set),
  ];
  return {
    methods: values.methods.split(","),
    seeds: (values.seeds ?? "1,2,3").split(","),
    search: [...given(values.steps), ...sets(values["search-set"])],
    train: [...given(values["train-steps"]), ...sets(values["train-set"])],
    title: values.title ?? `Searches of the preset ${preset}, and what they found, trained`,
    out: values.out,
    command: `npm run results -- ${argv.map((a) => (/\s/.test(a) ? `'${a}'` : a)).join(" ")}`,
  };
}
