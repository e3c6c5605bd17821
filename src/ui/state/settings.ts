/** @file What a page shows, as plain data: made from the view, and repaired from anything, with every repair told. */
import type { Catalog } from "../../protocol/catalog.ts";
import { ownTaskIn } from "../../protocol/own-data.ts";
import type { Hyper, HyperField, HyperSpec, Preset, StopSpec } from "../../protocol/spec.ts";
import { genotypeFrom } from "./genotype-wish.ts";
import {
  freeLetter,
  hyperOf,
  type Lane,
  methodsFor,
  optimizerFields,
  type Player,
  presetOf,
  type Setup,
} from "./lanes.ts";
import type { PageSettings } from "./mode.ts";
import { readPage } from "./read-page.ts";
import { stopFrom, stopIn, stopRulesFor } from "./stop-wish.ts";
import { maxLanes, type ViewState } from "./view.ts";

/** A page's settings: what its user has set, defaults left out. */
export interface Settings {
  readonly setup: Setup;
  /** Steps per second at most; undefined for as fast as it goes. */
  readonly rate: number | undefined;
  readonly lanes: readonly LaneSettings[];
  /** How the page is shown; absent for as usual. */
  readonly page?: PageSettings;
}
/** One lane's: its method and what was set of it and of the two optimisers. */
export interface LaneSettings {
  readonly method: string;
  readonly hyper: Hyper;
  readonly optimizers: Readonly<Record<Player, Hyper>>;
  /** What a method that trains a genotype shall train; absent where the seed draws it. */
  readonly genotype?: string;
  /** Rules that watch its search; absent for none. */
  readonly stop?: StopSpec;
}
/** Settings that are valid for a catalog, and what had to be changed to make them so, in sentences. */
export interface Repaired {
  readonly settings: Settings;
  readonly repairs: readonly string[];
  /** The own data, by their task's id, without which the preset that was asked for is not known. */
  readonly lacking?: string;
}

const fastest = 10_000;
/** Bounds that the catalog does not hold. */
const seedField = {
  label: "Seed",
  default: 1,
  min: 0,
  max: 2 ** 32 - 1,
  scale: "integer",
} as const;
const rateField = {
  label: "Speed limit",
  default: 60,
  min: 1,
  max: fastest,
  scale: "linear",
} as const;
type Bounds = Pick<HyperField, "label" | "default" | "min" | "max" | "scale">;

/** The page's settings, reduced to what differs from the defaults. */
export function settingsOf(catalog: Catalog, { setup, rate, lanes }: ViewState): Settings {
  const preset = presetOf(catalog, setup);
  if (!preset) return { setup, rate, lanes: [] };
  const { space, task } = fieldsOf(catalog, preset);
  return {
    setup: {
      ...setup,
      spaceHyper: changedOf(space, setup.spaceHyper),
      taskHyper: changedOf(task, setup.taskHyper),
    },
    rate,
    lanes: lanes.map((lane) => {
      const fields = laneFields(catalog, preset, lane.method);
      const stop = stopIn(fields.stopRules, lane.stop);
      return {
        method: lane.method,
        hyper: changedOf(fields.hyper, lane.hyper[lane.method] ?? {}),
        optimizers: {
          weights: changedOf(fields.weights, lane.optimizers.weights),
          alpha: changedOf(fields.alpha, lane.optimizers.alpha),
        },
        ...(fields.trainsGenotype && lane.genotype !== undefined && { genotype: lane.genotype }),
        ...(stop && { stop }),
      };
    }),
  };
}

/** Valid settings from anything at all. Never throws. */
export function repairSettings(catalog: Catalog, given: unknown): Repaired {
  const repairs: string[] = [];
  const say = (text: string) => repairs.push(text);
  const top = recordOf(given, "settings", ["setup", "rate", "lanes", "page"], say);
  const wish = recordOf(top["setup"], "setup", ["preset", "seed", "spaceHyper", "taskHyper"], say);
  const preset = presetFor(catalog, wish["preset"], say);
  if (!preset) return { settings: emptySettings, repairs: ["There are no presets."] };
  const { space, task } = fieldsOf(catalog, preset);
  const setup: Setup = {
    preset: preset.id,
    seed: numberOf(wish["seed"], seedField, "", say) ?? seedField.default,
    spaceHyper: hyperFrom(wish["spaceHyper"], space, "", say),
    taskHyper: hyperFrom(wish["taskHyper"], task, "", say),
  };
  const rate = numberOf(top["rate"], rateField, "", say);
  const all = Array.isArray(top["lanes"]) ? top["lanes"] : [];
  if (top["lanes"] !== undefined && !Array.isArray(top["lanes"])) say("Lanes are no list.");
  if (all.length > maxLanes) say(`${all.length} lanes: only the first ${maxLanes} are shown.`);
  const wanted: readonly unknown[] = all.length > 0 ? all.slice(0, maxLanes) : [{}];
  if (all.length === 0) say("There is no lane; one was added.");
  const lanes = wanted.map((lane, i) =>
    laneFrom(catalog, preset, lane, `Lane ${"ABCDEFGH"[i]}, `, say),
  );
  const page = readPage(top["page"], say);
  const asked = wish["preset"];
  const lacking = typeof asked === "string" && asked !== preset.id ? ownTaskIn(asked) : undefined;
  return {
    settings: { setup, rate, lanes, ...(page && { page }) },
    repairs,
    ...(lacking !== undefined && { lacking }),
  };
}

const emptySettings: Settings = {
  setup: { preset: "", seed: 1, spaceHyper: {}, taskHyper: {} },
  rate: undefined,
  lanes: [],
};

/** Lanes that ask for these settings, with no run behind them yet. */
export function lanesOf({ lanes }: Settings): readonly Lane[] {
  const made: Lane[] = [];
  for (const { method, hyper, optimizers, genotype, stop } of lanes) {
    const letter = freeLetter(made, maxLanes);
    if (!letter) break;
    made.push({
      id: letter,
      letter,
      runId: undefined,
      method,
      hyper: { [method]: hyper },
      optimizers,
      ...(genotype !== undefined && { genotype }),
      ...(stop && { stop }),
      stepsAsked: 0,
    });
  }
  return made;
}

type Say = (repair: string) => void;

function laneFrom(
  catalog: Catalog,
  preset: Preset,
  given: unknown,
  where: string,
  say: Say,
): LaneSettings {
  const wish = recordOf(
    given,
    `${where}settings`,
    ["method", "hyper", "optimizers", "genotype", "stop"],
    say,
  );
  const methods = methodsFor(catalog, preset).map((m) => m.id);
  const asked = wish["method"];
  const found = methods.find((id) => id === asked);
  const method = found ?? methods[0] ?? "";
  if (!found) say(`${where}method ${quoted(asked)} is not offered here; ${method} is used.`);
  const fields = laneFields(catalog, preset, method);
  const players = recordOf(wish["optimizers"], `${where}optimisers`, ["weights", "alpha"], say);
  return {
    method,
    hyper: hyperFrom(wish["hyper"], fields.hyper, where, say),
    optimizers: {
      weights: hyperFrom(players["weights"], fields.weights, where, say),
      alpha: hyperFrom(players["alpha"], fields.alpha, where, say),
    },
    ...(fields.trainsGenotype && genotypeFrom(wish["genotype"], where, say)),
    ...(!fields.trainsGenotype && stopFrom(wish["stop"], fields.stopRules, where, say)),
  };
}

function presetFor(catalog: Catalog, asked: unknown, say: Say): Preset | undefined {
  const found = catalog.presets.find((p) => p.id === asked);
  const preset = found ?? catalog.presets[0];
  if (!found && preset) say(`Preset ${quoted(asked)} is not known; ${preset.label} is used.`);
  return preset;
}

/** The known entries of something that should be an object. */
function recordOf(
  given: unknown,
  name: string,
  known: readonly string[],
  say: Say,
): Readonly<Record<string, unknown>> {
  if (given === undefined) return {};
  if (given === null || typeof given !== "object" || Array.isArray(given)) {
    say(`The ${name} were not readable.`);
    return {};
  }
  const entries = Object.entries(given);
  for (const [key] of entries.slice(0, 20))
    if (!known.includes(key)) say(`Unknown entry ${quoted(key)} is left out.`);
  return Object.fromEntries(entries.filter(([key]) => known.includes(key)));
}

/** Numbers by name, those that a spec knows, within its ranges, defaults left out. */
function hyperFrom(given: unknown, spec: HyperSpec, where: string, say: Say): Hyper {
  const entries = Object.entries(recordOf(given, `${where}settings`, Object.keys(spec), say));
  const valid = entries.flatMap(([name, value]) => {
    const field = spec[name];
    const number = field && numberOf(value, field, where, say);
    return number === undefined || number === field?.default ? [] : [[name, number] as const];
  });
  return Object.fromEntries(valid);
}

/** A number within its bounds; undefined if none was given. */
function numberOf(given: unknown, field: Bounds, where: string, say: Say): number | undefined {
  if (given === undefined) return undefined;
  const { label, min, max, scale } = field;
  if (typeof given !== "number" || !Number.isFinite(given)) {
    say(`${where}${label}: ${quoted(given)} is no number; ${field.default} is used.`);
    return field.default;
  }
  const isWhole = scale === "integer" || scale === "switch";
  const used = Math.min(max, Math.max(min, isWhole ? Math.round(given) : given));
  if (used !== given)
    say(
      `${where}${label}: ${given} is not ${isWhole ? "a whole number " : ""}within ${min} … ${max}; ${used} is used.`,
    );
  return used;
}

/** As much of it as fits into a sentence. */
function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/** What can be set of a preset's space and task, with the preset's values as defaults. */
function fieldsOf(catalog: Catalog, { settings }: Preset): { space: HyperSpec; task: HyperSpec } {
  const space = catalog.spaces.find((s) => s.id === settings.space)?.hyper ?? {};
  const task = catalog.tasks.find((t) => t.id === settings.task)?.hyper ?? {};
  return {
    space: withDefaults(space, settings.spaceHyper),
    task: withDefaults(task, settings.taskHyper),
  };
}

/** What can be set of a lane, with what the preset advises as defaults. */
function laneFields(catalog: Catalog, preset: Preset, id: string) {
  const method = catalog.methods.find((m) => m.id === id);
  return {
    trainsGenotype: method?.trainsGenotype === true,
    stopRules: method?.trainsGenotype ? [] : stopRulesFor(catalog, preset),
    hyper: method ? withDefaults(method.hyper, hyperOf(method, preset, { hyper: {} })) : {},
    weights: optimizerFields(catalog, preset, "weights"),
    alpha: optimizerFields(catalog, preset, "alpha"),
  };
}

const withDefaults = (spec: HyperSpec, defaults: Hyper): HyperSpec =>
  Object.fromEntries(
    Object.entries<HyperField>(spec).map(([name, field]) => [
      name,
      { ...field, default: defaults[name] ?? field.default },
    ]),
  );

const changedOf = (spec: HyperSpec, values: Hyper): Hyper =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => spec[name] && spec[name].default !== value),
  );
