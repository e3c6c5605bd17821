/** @file Settings repaired from anything, with every repair told: what links and files hold is not trusted. */
import type { Catalog } from "../../protocol/catalog.ts";
import { ownTaskIn } from "../../protocol/own-data.ts";
import type { Hyper, HyperField, HyperSpec, Preset } from "../../protocol/spec.ts";
import { genotypeFrom } from "./genotype-wish.ts";
import { methodsFor, type Setup } from "./lanes.ts";
import { readPage } from "./read-page.ts";
import { makerFrom, quoted, reachedFrom } from "./read-reached.ts";
import { fieldsOf, type LaneSettings, laneFields, type Settings } from "./settings.ts";
import { stopFrom } from "./stop-wish.ts";
import { maxLanes } from "./view.ts";

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

/** Valid settings from anything at all. Never throws. */
export function repairSettings(catalog: Catalog, given: unknown): Repaired {
  const repairs: string[] = [];
  const say = (text: string) => repairs.push(text);
  const top = recordOf(given, "settings", ["setup", "rate", "lanes", "page", "by"], say);
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
  const by = makerFrom(top["by"], say);
  const asked = wish["preset"];
  const lacking = typeof asked === "string" && asked !== preset.id ? ownTaskIn(asked) : undefined;
  return {
    settings: { setup, rate, lanes, ...(page && { page }), ...(by && { by }) },
    repairs,
    ...(lacking !== undefined && { lacking }),
  };
}

const emptySettings: Settings = {
  setup: { preset: "", seed: 1, spaceHyper: {}, taskHyper: {} },
  rate: undefined,
  lanes: [],
};

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
    ["method", "hyper", "optimizers", "genotype", "stop", "reached"],
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
    ...reachedFrom(wish["reached"], where, say),
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
