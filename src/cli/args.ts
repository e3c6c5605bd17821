/** @file Command line → RunSpec. Every mistake is one line that names the argument, its value and what is allowed. */
import { parseArgs } from "node:util";
import { type FormatId, genotypeFormats } from "../genotype/formats.ts";
import type { Catalog } from "../protocol/catalog.ts";
import type {
  BackendId,
  Hyper,
  HyperSpec,
  PruneCriterion,
  RunSpec,
  StopSpec,
} from "../protocol/spec.ts";
import type { FineTune } from "./fine-tune.ts";

const criteria: readonly PruneCriterion[] = ["alpha", "magnitude", "uniform"];

/** A mistake on the command line; its message is the whole explanation. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export interface SearchArgs {
  readonly spec: RunSpec;
  /** One JSON object a line instead of text. */
  readonly json: boolean;
  /** Also print α with every step. */
  readonly alpha: boolean;
  /** At the end, the supernet's accuracy on the half for α. */
  readonly evaluate: boolean;
  /** At the end, the accuracy of a genotype's network on the test examples. */
  readonly test: boolean;
  /** Measured at the end, by the ids of the catalog. */
  readonly probes: readonly string[];
  /** Also measured after so many steps, again and again; 0 for the end alone. */
  readonly probeEvery: number;
  /** How the result is printed; absent for the space's own way. */
  readonly format?: FormatId;
  /** What to do with a search that can be pruned. */
  readonly fineTune?: FineTune;
  readonly help: boolean;
  /** Of WebAssembly; absent means its own choice. */
  readonly threads?: number;
}

const formatIds = genotypeFormats.map(({ id }) => id);

/** Shown by `--help`; lists what the registry offers. */
export const usage = (catalog: Catalog, backends: readonly BackendId[]): string =>
  `npm run search -- [options]
  --preset NAME    ${ids(catalog.presets)}  (default tiny)
  --method NAME    ${ids(catalog.methods)}  (default darts)
  --space NAME     ${ids(catalog.spaces)}  (default: the preset's)
  --task NAME      ${ids(catalog.tasks)}  (default: the preset's)
  --genotype X     what "fixed" trains: a file, or the text itself (default: the seed draws it)
  --text FILE      a UTF-8 text to learn instead, up to 10 MB
  --steps N        where the run and its schedule end (default: the preset's)
  --seed N         whole number from 0 to 4294967295 (default 1)
  --set NAME=X     a hyper-parameter of method, space or task, or w.NAME or alpha.NAME
                   of an optimiser; repeat for more
  --backend NAME   ${backends.join(", ")}  (default: the first that works)
  --threads N      threads of WebAssembly, 1 to 32  (default: one a processor, at most 4)
  --json           one JSON object a line
  --alpha          with --json: α after every step
  --format NAME    the result as ${formatIds.join(", ")}  (default: as the space's paper prints it)
  --probe A,B      at the end: ${ids(catalog.probes)}
  --probe-every N  the same after every N steps, too
  --stop A,B       rules that plant flags on the way: ${ids(catalog.stopRules)}
  --stop-ends      the first flag ends the search
  --fine-tune N    space width: prune at the end, train what is left for N steps, accuracy on test examples
  --prune-by A,B   with --fine-tune: ${criteria.join(", ")}  (default alpha)
  --parameters N   with --fine-tune: the most that may be left (default: what the first rule leaves)
  --evaluate       at the end: accuracy on the half of the images that trains α
  --test           at the end, with "fixed": accuracy on the test examples, which are in neither half
  --help           this text`;

/** Throws `UsageError`. `backend` is left to the caller when none was asked for. */
export function parseSearch(
  argv: readonly string[],
  catalog: Catalog,
  backends: readonly BackendId[],
): SearchArgs & { readonly wanted: readonly BackendId[] } {
  const values = parse(argv);
  const preset = pick(catalog.presets, values.preset ?? "tiny", "preset");
  const { settings } = preset;
  const method = pick(catalog.methods, values.method ?? "darts", "method");
  const space = pick(catalog.spaces, values.space ?? settings.space, "space");
  const task = pick(catalog.tasks, values.task ?? settings.task, "task");
  if (!space.tasks.includes(task.id))
    throw new UsageError(
      `--task ${task.id} does not fit --space ${space.id}; it takes ${list(space.tasks)}`,
    );
  if (!method.spaces.includes(space.id))
    throw new UsageError(
      `--method ${method.id} cannot search --space ${space.id}; it takes ${list(method.spaces)}`,
    );
  if (values.genotype !== undefined && !method.trainsGenotype)
    throw new UsageError(
      `--genotype: --method ${method.id} searches; ${list(catalog.methods.filter((m) => m.trainsGenotype).map((m) => m.id))} takes one`,
    );
  if (values.test && !method.trainsGenotype)
    throw new UsageError(
      `--test: --method ${method.id} searches, and no search sees test examples`,
    );
  if (values.backend !== undefined && !backends.includes(values.backend as BackendId))
    throw new UsageError(`--backend ${values.backend}: there are ${list(backends)}`);

  const probes = values.probe === undefined ? [] : values.probe.split(",");
  for (const id of probes) pick(catalog.probes, id, "probe");
  const blind = catalog.probes.find((p) => probes.includes(p.id) && !p.spaces.includes(space.id));
  if (blind)
    throw new UsageError(
      `--probe ${blind.id} has nothing to measure in --space ${space.id}; it takes ${list(blind.spaces)}`,
    );
  const fineTune = fineTuneOf(values, space);
  const stop = stopOf(values.stop, values["stop-ends"], catalog, space.id);
  const every = values["probe-every"];
  if (every !== undefined && probes.length === 0)
    throw new UsageError("--probe-every needs --probe, which names what to measure");
  const format = formatIds.find((id) => id === values.format);
  if (values.format !== undefined && format === undefined)
    throw new UsageError(`--format ${values.format}: there are ${list(formatIds)}`);

  const own = (s: Hyper, fields: HyperSpec) =>
    Object.fromEntries(Object.entries(s).filter(([name]) => name in fields));
  let spec: RunSpec = {
    ...settings,
    method: method.id,
    space: space.id,
    task: task.id,
    backend: "cpu",
    seed: whole("--seed", values.seed ?? "1", 0, 2 ** 32 - 1),
    steps: values.steps === undefined ? settings.steps : whole("--steps", values.steps, 1, 1e7),
    hyper: own(preset.hyper[method.id] ?? {}, method.hyper),
    spaceHyper: own(settings.spaceHyper, space.hyper),
    taskHyper: own(settings.taskHyper, task.hyper),
    ...(values.genotype !== undefined && { genotype: values.genotype }),
    ...(stop && { stop }),
  };
  for (const text of values.set ?? [])
    spec = assign(spec, text, [
      ["hyper", "", method.hyper],
      ["spaceHyper", "", space.hyper],
      ["taskHyper", "", task.hyper],
      ["weightOptimizer", "w.", catalog.optimizers[spec.weightOptimizer.kind]],
      ["alphaOptimizer", "alpha.", catalog.optimizers[spec.alphaOptimizer.kind]],
    ]);
  const { json = false, alpha = false, evaluate = false, test = false, help = false } = values;
  return {
    spec,
    json,
    alpha,
    evaluate,
    test,
    probes,
    probeEvery: every === undefined ? 0 : whole("--probe-every", every, 1, 1e7),
    ...(format && { format }),
    help,
    ...(fineTune && { fineTune }),
    ...(values.threads !== undefined && { threads: whole("--threads", values.threads, 1, 32) }),
    wanted: values.backend === undefined ? backends : [values.backend as BackendId],
  };
}

function fineTuneOf(
  values: Pick<ReturnType<typeof parse>, "fine-tune" | "prune-by" | "parameters" | "method">,
  space: Catalog["spaces"][number],
): FineTune | undefined {
  const { "fine-tune": steps, "prune-by": by, parameters } = values;
  if (steps === undefined) {
    if (by !== undefined || parameters !== undefined)
      throw new UsageError("--prune-by and --parameters need --fine-tune, which says for how long");
    return undefined;
  }
  if (!space.canPrune || values.method === "fixed")
    throw new UsageError(`--fine-tune: --space ${space.id} is not searched for what to prune`);
  const wanted = (by ?? "alpha").split(",").map((id) => {
    const found = criteria.find((c) => c === id);
    if (!found) throw new UsageError(`--prune-by ${id}: there are ${list(criteria)}`);
    return found;
  });
  return {
    steps: whole("--fine-tune", steps, 1, 1e7),
    criteria: wanted,
    ...(parameters !== undefined && { parameters: whole("--parameters", parameters, 1, 1e9) }),
  };
}

function stopOf(
  text: string | undefined,
  ends = false,
  { stopRules }: Catalog,
  space: string,
): StopSpec | undefined {
  if (text === undefined) {
    if (ends) throw new UsageError("--stop-ends needs --stop, which names the rules");
    return undefined;
  }
  const rules = text.split(",");
  const blind = rules
    .map((id) => pick(stopRules, id, "stop"))
    .find((r) => !r.spaces.includes(space));
  if (blind)
    throw new UsageError(
      `--stop ${blind.id} has nothing to watch in --space ${space}; it takes ${list(blind.spaces)}`,
    );
  return { rules, ends };
}

function parse(argv: readonly string[]) {
  try {
    const text = { type: "string" } as const;
    const flag = { type: "boolean" } as const;
    return parseArgs({
      args: withNegatives(argv),
      options: {
        preset: text,
        method: text,
        space: text,
        task: text,
        steps: text,
        seed: text,
        backend: text,
        threads: text,
        format: text,
        probe: text,
        "probe-every": text,
        stop: text,
        "fine-tune": text,
        "prune-by": text,
        parameters: text,
        "stop-ends": flag,
        genotype: text,
        set: { type: "string", multiple: true },
        json: flag,
        alpha: flag,
        evaluate: flag,
        test: flag,
        help: flag,
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split(". ")[0]}; --help lists the options`);
  }
}

/** "--name -3" as "--name=-3": a number that is not allowed should be called that, not an option. */
const withNegatives = (argv: readonly string[]): string[] =>
  argv.flatMap((arg, i) => {
    const isNegative = (word = "") => /^-[\d.]/.test(word);
    if (isNegative(arg) && argv[i - 1]?.startsWith("--")) return [];
    const next = argv[i + 1];
    return arg.startsWith("--") && isNegative(next) ? [`${arg}=${next}`] : [arg];
  });

type Part = "hyper" | "spaceHyper" | "taskHyper" | "weightOptimizer" | "alphaOptimizer";
/** Puts NAME=X into the part of the spec that has a field of that name. */
function assign(
  spec: RunSpec,
  text: string,
  parts: readonly (readonly [Part, string, HyperSpec])[],
): RunSpec {
  const [name = "", raw = ""] = text.split("=", 2);
  for (const [part, prefix, fields] of parts) {
    const field = name.startsWith(prefix) ? fields[name.slice(prefix.length)] : undefined;
    if (!field) continue;
    const value = Number(raw);
    const whole = field.scale === "integer" || field.scale === "switch";
    if (raw.trim() === "" || !(value >= field.min && value <= field.max) || (whole && value % 1))
      throw new UsageError(
        `--set ${name}=${raw}: ${whole ? "a whole number" : "a number"} from ${field.min} to ${field.max}`,
      );
    return { ...spec, [part]: { ...spec[part], [name.slice(prefix.length)]: value } };
  }
  const known = parts.flatMap(([, prefix, fields]) => Object.keys(fields).map((f) => prefix + f));
  throw new UsageError(`--set ${name}: there are ${list(known)}`);
}

function whole(option: string, text: string, min: number, max: number): number {
  const value = Number(text);
  if (text.trim() === "" || !Number.isInteger(value) || value < min || value > max)
    throw new UsageError(`${option} ${text}: a whole number from ${min} to ${max}`);
  return value;
}

function pick<T extends { readonly id: string }>(
  entries: readonly T[],
  id: string,
  option: string,
): T {
  const found = entries.find((e) => e.id === id);
  if (!found) throw new UsageError(`--${option} ${id}: there are ${ids(entries)}`);
  return found;
}
const list = (names: readonly string[]): string => names.join(", ");
const ids = (entries: readonly { readonly id: string }[]): string => list(entries.map((e) => e.id));
