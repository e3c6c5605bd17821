/** @file Trials → a page of Markdown that claims what the ranges bear and no more. */
import { type Figures, sentences, spread } from "./compare.ts";
import { isOutcome, type Judgement, type Outcome, type Refusal } from "./search.ts";

/** One method or cell with one seed. */
export interface Trial {
  readonly name: string;
  readonly seed: string;
  /** Absent for the cell of skips. */
  readonly search?: Outcome;
  /** Its genotype trained from scratch. */
  readonly trained: Outcome | Refusal;
  /** The same network after one step at a rate of 1e-5. */
  readonly untrained: Outcome | Refusal;
}
export interface Heading {
  readonly title: string;
  readonly command: string;
  readonly machine: string;
  readonly search: readonly string[];
  readonly train: readonly string[];
}

const tested = (x: Outcome | Refusal): Judgement | undefined =>
  isOutcome(x) ? x.judged["test"] : undefined;

export function report(heading: Heading, trials: readonly Trial[]): string {
  const { title, command, machine, search, train } = heading;
  const isText = trials.some(({ trained }) => isOutcome(trained) && trained.isText);
  const figure = ({ loss, accuracy }: Judgement): number =>
    isText ? loss / Math.LN2 : 100 * accuracy;
  const digits = isText ? 3 : 2;
  const names = [...new Set(trials.map(({ name }) => name))];
  const of = (name: string) => trials.filter((trial) => trial.name === name);
  const figuresOf = (some: readonly (Outcome | Refusal)[]): readonly number[] =>
    some.flatMap((x) => {
      const found = tested(x);
      return found ? [figure(found)] : [];
    });
  const seconds = (some: readonly (Outcome | Refusal | undefined)[]): string =>
    spread(
      some.flatMap((x) => (x && isOutcome(x) ? [x.seconds] : [])),
      0,
    );
  const unit = isText ? "bits a character" : "accuracy in %";

  const withSettings = names.some((name) => name.includes(":"))
    ? "A name with settings, `darts:tied=1`, stands for `--method darts --set tied=1`.\n\n"
    : "";

  const rows = names.map((name) => {
    const mine = of(name);
    return [
      name,
      spread(figuresOf(mine.map(({ trained }) => trained)), digits),
      spread(figuresOf(mine.map(({ untrained }) => untrained)), digits),
      seconds(mine.map(({ search }) => search)),
      seconds(mine.map(({ trained }) => trained)),
    ];
  });
  const contestants: readonly Figures[] = [
    ...names.map((name) => ({ name, values: figuresOf(of(name).map(({ trained }) => trained)) })),
    { name: "the untrained networks", values: figuresOf(trials.map((t) => t.untrained)) },
  ];
  const each = trials.map((trial) => [
    trial.name,
    trial.seed,
    isOutcome(trial.trained)
      ? spread(figuresOf([trial.trained]), digits)
      : `refused: ${trial.trained.refused.replaceAll("|", "\\|")}`,
    trial.search ? `\`${trial.search.genotype.text.replaceAll("|", "\\|")}\`` : "",
  ]);
  const examples = trials.map(({ trained }) => tested(trained)?.examples).find((n) => n);

  return `# ${title}

Each method searches; its genotype is then trained from scratch by \`fixed\` on the half for w, and judged on ${examples ?? "no"} test
${isText ? "characters" : "images"} that neither search nor training has seen. Beside it stand the cell of skips, trained alike, and every network after one
step at a rate of 1e-5. Mean over the seeds, with the lowest and the highest.${isText ? " A recurrent cell's skip is `identity`." : ""}

Machine: ${machine}.

\`${command}\`, which is, for every method M and seed S,

- \`npm run search -- ${[...search, "--method M --seed S"].join(" ")}\`
- \`npm run search -- ${[...train, "--method fixed --seed S --genotype … --test"].join(" ")}\`

${withSettings}${table(["", `trained, ${unit}`, "untrained", "search, s", "training, s"], rows)}

${sentences(contestants, isText).join("\n")}

${table(["", "seed", unit, "genotype"], each)}
`;
}

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
