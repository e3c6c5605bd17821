/** @file A lane's wishes and the catalog → the RunSpec to ask for, and how it differs from the one that runs. */
import type { Catalog } from "../../protocol/catalog.ts";
import type {
  BackendId,
  Hyper,
  HyperField,
  HyperSpec,
  OptimizerSpec,
  Preset,
  RunId,
  RunSpec,
  StopSpec,
} from "../../protocol/spec.ts";
import type { Ancestor } from "../viz/branches.ts";
import { stopIn, stopRulesFor } from "./stop-wish.ts";

/** Whose optimiser: that of w or that of α. */
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
  /** What the user has set of the two optimisers. */
  readonly optimizers: Readonly<Record<Player, Hyper>>;
  /** What it trains, if its method trains a genotype; without one the seed draws it. */
  readonly genotype?: string;
  /** Rules that shall watch its next run, those that its preset's space offers among them. */
  readonly stop?: StopSpec | undefined;
  /** A genotype that is being typed, whether it can be read or not. */
  readonly draft?: string;
  /** Steps asked for one by one; the run has as many records once they are done. */
  readonly stepsAsked: number;
  /** Where it comes from, if not from its settings alone. */
  readonly origin?: LaneOrigin;
  /** What its branches know it by: there once it has some, and another search's after a restart. */
  readonly line?: string;
}
/** A branch of another lane, what is left of one once it was pruned, or the content of a run file. */
export type LaneOrigin =
  | { readonly kind: "fork" | "pruned"; readonly of: Ancestor; readonly steps: number }
  | {
      readonly kind: "recorded";
      readonly note: string;
      /** Which of the page's own recordings, and which seed: "rarts 3"; absent for a file's. */
      readonly recording?: string;
    };

/** What all lanes share. */
export interface Setup {
  readonly preset: string;
  readonly seed: number;
  /** What the user has set of the space and of the task. */
  readonly spaceHyper: Hyper;
  readonly taskHyper: Hyper;
}
export type Method = Catalog["methods"][number];

/** Whether recorded runs alone are on show: nothing computes. */
export const isReplay = (lanes: readonly Lane[]): boolean =>
  lanes.length > 0 && lanes.every(({ origin }) => origin?.kind === "recorded");

/** The first letter that no lane has, of as many as there may be lanes. */
export const freeLetter = (lanes: readonly Lane[], most: number): string | undefined =>
  [..."ABCDEFGH"].slice(0, most).find((l) => !lanes.some(({ letter }) => letter === l));

/** Lanes in the order of their letters, one more than before. */
export const withLane = (lanes: readonly Lane[], lane: Lane): readonly Lane[] =>
  [...lanes, lane].sort((a, b) => a.letter.localeCompare(b.letter));

export const presetOf = (catalog: Catalog, { preset }: Pick<Setup, "preset">): Preset | undefined =>
  catalog.presets.find((p) => p.id === preset);

/** The methods that can search the preset's space. */
export const methodsFor = (catalog: Catalog, preset: Preset): readonly Method[] =>
  catalog.methods.filter((m) => m.spaces.includes(preset.settings.space));

/** The method that trains a genotype of the preset's space alone, if there is one. */
export const trainerFor = (catalog: Catalog, preset: Preset): Method | undefined =>
  methodsFor(catalog, preset).find((m) => m.trainsGenotype);

/** The method's hyper-parameters in force: its defaults, the preset's advice, the user's wish. */
export function hyperOf(method: Method, preset: Preset, lane: Pick<Lane, "hyper">): Hyper {
  return { ...defaultsOf(method.hyper), ...preset.hyper[method.id], ...lane.hyper[method.id] };
}

/** Those values that may change while a run is going. */
export const liveOnly = (spec: HyperSpec, values: Hyper): Hyper =>
  Object.fromEntries(Object.entries(values).filter(([name]) => spec[name]?.live));

/** The settings of a player's optimiser, with the preset's values as defaults; all are live. */
export function optimizerFields(catalog: Catalog, preset: Preset, player: Player): HyperSpec {
  const base = presetOptimizer(preset, player);
  const { kind, ...values } = base;
  const defaults = values as Hyper;
  const name = player === "weights" ? "w" : "α";
  const isConstant = base.kind === "sgd" && base.lrFloor === base.lr;
  const fields = Object.entries<HyperField>(catalog.optimizers[kind]).map(([key, field]) => [
    key,
    {
      ...field,
      label: key === "lr" ? `Learning rate of ${name}` : `${field.label}, ${name}`,
      ...(key === "lr" && isConstant && { help: `Step size of ${name}, the same throughout.` }),
      default: defaults[key] ?? field.default,
    },
  ]);
  return Object.fromEntries(fields);
}

/** A player's optimiser with the user's wishes. A constant rate stays constant; a schedule ends no higher than it starts. */
export function optimizerOf(preset: Preset, lane: Pick<Lane, "optimizers">, player: Player) {
  const base = presetOptimizer(preset, player);
  const wished = lane.optimizers[player];
  if (base.kind === "adam") return { ...base, ...wished };
  const lr = wished["lr"] ?? base.lr;
  const lrFloor = base.lrFloor === base.lr ? lr : Math.min(base.lrFloor, lr);
  return { ...base, lrFloor, ...wished };
}
const presetOptimizer = ({ settings }: Preset, player: Player): OptimizerSpec =>
  player === "weights" ? settings.weightOptimizer : settings.alphaOptimizer;

/** What a lane asks for that its run can take up while it goes. */
export const liveWishes = (method: Method, preset: Preset, lane: Lane) => ({
  weightOptimizer: optimizerOf(preset, lane, "weights"),
  alphaOptimizer: optimizerOf(preset, lane, "alpha"),
  hyper: liveOnly(method.hyper, hyperOf(method, preset, lane)),
});

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
  const stop = method.trainsGenotype ? undefined : stopIn(stopRulesFor(catalog, preset), lane.stop);
  return {
    ...settings,
    method: method.id,
    backend,
    seed: setup.seed,
    weightOptimizer: optimizerOf(preset, lane, "weights"),
    alphaOptimizer: optimizerOf(preset, lane, "alpha"),
    hyper: hyperOf(method, preset, lane),
    ...(method.trainsGenotype && lane.genotype !== undefined && { genotype: lane.genotype }),
    ...(stop && { stop }),
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
    ...(isSameStop(running.stop, wanted.stop) ? [] : [{ label: "Stop rules" }]),
  ].map(({ label }) => label);
}

const isSameStop = (a: StopSpec | undefined, b: StopSpec | undefined): boolean =>
  a?.ends === b?.ends && String(a?.rules) === String(b?.rules);

const changed = (spec: HyperSpec, running: Hyper, wanted: Hyper): readonly HyperField[] =>
  Object.entries(spec)
    .filter(([name, { default: d }]) => (running[name] ?? d) !== (wanted[name] ?? d))
    .map(([, field]) => field);

const defaultsOf = (spec: HyperSpec): Hyper =>
  Object.fromEntries(Object.entries(spec).map(([name, field]) => [name, field.default]));

/** A lane's wishes, made to be what a run has. */
export const wishesOf = (
  lane: Pick<Lane, "hyper">,
  { method, hyper, weightOptimizer, alphaOptimizer, stop }: RunSpec,
): Pick<Lane, "method" | "hyper" | "optimizers" | "stop"> => ({
  method,
  stop,
  hyper: { ...lane.hyper, [method]: hyper },
  optimizers: { weights: numbersOf(weightOptimizer), alpha: numbersOf(alphaOptimizer) },
});

function numbersOf({ kind: _, ...numbers }: OptimizerSpec): Hyper {
  return { ...numbers };
}
