/** @file What a page shows, as plain data: made from the view. */
import type { Catalog } from "../../protocol/catalog.ts";
import type {
  BackendId,
  Hyper,
  HyperField,
  HyperSpec,
  Preset,
  StopSpec,
} from "../../protocol/spec.ts";
import {
  freeLetter,
  hyperOf,
  type Lane,
  optimizerFields,
  type Player,
  presetOf,
  type Setup,
} from "./lanes.ts";
import type { PageSettings } from "./mode.ts";
import { stopIn, stopRulesFor } from "./stop-wish.ts";
import { maxLanes, type ViewState } from "./view.ts";

/** A page's settings: what its user has set, defaults left out. */
export interface Settings {
  readonly setup: Setup;
  /** Steps per second at most; undefined for as fast as it goes. */
  readonly rate: number | undefined;
  readonly lanes: readonly LaneSettings[];
  /** How the page is shown; absent for as usual. */
  readonly page?: PageSettings;
  /** Who made a link whose lanes say what they have reached. */
  readonly by?: Maker;
}
/** What computed the runs of a link: other versions and backends may round otherwise. */
export interface Maker {
  /** The version of the page. */
  readonly app: string;
  readonly backend: BackendId;
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
  /** In a link: what its run had come to, as the text of a digest. */
  readonly reached?: string;
}
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

/** What can be set of a preset's space and task, with the preset's values as defaults. */
export function fieldsOf(
  catalog: Catalog,
  { settings }: Preset,
): { space: HyperSpec; task: HyperSpec } {
  const space = catalog.spaces.find((s) => s.id === settings.space)?.hyper ?? {};
  const task = catalog.tasks.find((t) => t.id === settings.task)?.hyper ?? {};
  return {
    space: withDefaults(space, settings.spaceHyper),
    task: withDefaults(task, settings.taskHyper),
  };
}

/** What can be set of a lane, with what the preset advises as defaults. */
export function laneFields(catalog: Catalog, preset: Preset, id: string) {
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
