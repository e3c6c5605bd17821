/** @file A lane's wishes and the catalog → the RunSpec to ask for, and how it differs from the one that runs. */
import type { Catalog } from "../../protocol/messages.ts";
import type {
  BackendId,
  Hyper,
  HyperField,
  HyperSpec,
  OptimizerSpec,
  Preset,
  RunId,
  RunSpec,
} from "../../protocol/spec.ts";

/** Which of the two optimisers a rate belongs to. */
export type Player = "weights" | "alpha";

/** One search on the screen; another shares its preset, its seed and so its weights and batches. */
export interface Lane {
  /** For good; the run behind it changes with every restart. */
  readonly id: string;
  readonly letter: string;
  readonly runId: RunId | undefined;
  readonly method: string;
  /** What the user has set, per method, so that switching back finds it again. */
  readonly hyper: Readonly<Record<string, Hyper>>;
  /** Learning rates that the user has set. */
  readonly rates: Readonly<Partial<Record<Player, number>>>;
  /** Steps asked for one by one; the run has as many records once they are done. */
  readonly stepsAsked: number;
}
/** What all lanes share. */
export interface Setup {
  readonly preset: string;
  readonly seed: number;
  /** What the user has set of the space and of the task. */
  readonly spaceHyper: Hyper;
  readonly taskHyper: Hyper;
}
export type Method = Catalog["methods"][number];

/** Range of the two learning-rate sliders; the engine itself allows more. */
const rate = (label: string, help: string, initial: number): HyperField => ({
  label,
  help,
  default: initial,
  min: 1e-5,
  max: 1,
  scale: "log",
  live: true,
});

export const presetOf = (catalog: Catalog, { preset }: Pick<Setup, "preset">): Preset | undefined =>
  catalog.presets.find((p) => p.id === preset);

/** The methods that can search the preset's space. */
export const methodsFor = (catalog: Catalog, preset: Preset): readonly Method[] =>
  catalog.methods.filter((m) => m.spaces.includes(preset.settings.space));

/** The method's hyper-parameters in force: its defaults, the preset's advice, the user's wish. */
export function hyperOf(method: Method, preset: Preset, lane: Pick<Lane, "hyper">): Hyper {
  return { ...defaultsOf(method.hyper), ...preset.hyper[method.id], ...lane.hyper[method.id] };
}

/** The fields of the two learning rates, with the preset's values as defaults. */
export function rateFields({ settings }: Preset): Readonly<Record<Player, HyperField>> {
  return {
    weights: rate("Learning rate of w", "Step size of the weights.", settings.weightOptimizer.lr),
    alpha: rate("Learning rate of α", "Step size of the architecture.", settings.alphaOptimizer.lr),
  };
}

/** The optimiser at another rate; a constant rate stays constant, a schedule still ends no higher than it starts. */
export function atRate<O extends OptimizerSpec>(optimizer: O, lr: number | undefined): O {
  if (lr === undefined || lr === optimizer.lr) return optimizer;
  if (optimizer.kind === "adam") return { ...optimizer, lr };
  const lrFloor = optimizer.lrFloor === optimizer.lr ? lr : Math.min(optimizer.lrFloor, lr);
  return { ...optimizer, lr, lrFloor };
}

/** What a lane asks the engine for. Undefined if the catalog lacks its preset or method. */
export function specOf(
  catalog: Catalog,
  setup: Setup,
  lane: Lane,
  backend: BackendId,
): RunSpec | undefined {
  const preset = presetOf(catalog, setup);
  const method = catalog.methods.find((m) => m.id === lane.method);
  if (!preset || !method) return undefined;
  const { settings } = preset;
  return {
    ...settings,
    method: method.id,
    backend,
    seed: setup.seed,
    weightOptimizer: atRate(settings.weightOptimizer, lane.rates.weights),
    alphaOptimizer: atRate(settings.alphaOptimizer, lane.rates.alpha),
    hyper: hyperOf(method, preset, lane),
    spaceHyper: { ...settings.spaceHyper, ...setup.spaceHyper },
    taskHyper: { ...settings.taskHyper, ...setup.taskHyper },
  };
}

/** Labels of the settings that the user has changed but that only a new run can take up. */
export function waiting(catalog: Catalog, running: RunSpec, wanted: RunSpec): readonly string[] {
  const method = catalog.methods.find((m) => m.id === wanted.method)?.hyper ?? {};
  const space = catalog.spaces.find((s) => s.id === wanted.space)?.hyper ?? {};
  const task = catalog.tasks.find((t) => t.id === wanted.task)?.hyper ?? {};
  return [
    ...changed(method, running.hyper, wanted.hyper).filter((field) => !field.live),
    ...changed(space, running.spaceHyper, wanted.spaceHyper),
    ...changed(task, running.taskHyper, wanted.taskHyper),
  ].map((field) => field.label);
}

const changed = (spec: HyperSpec, running: Hyper, wanted: Hyper): readonly HyperField[] =>
  Object.entries(spec)
    .filter(([name, { default: d }]) => (running[name] ?? d) !== (wanted[name] ?? d))
    .map(([, field]) => field);

const defaultsOf = (spec: HyperSpec): Hyper =>
  Object.fromEntries(Object.entries(spec).map(([name, field]) => [name, field.default]));
