/** @file How lanes differ in their settings: what a comparison of methods must know, and how to take it away. */
import type { Catalog } from "../../protocol/catalog.ts";
import type { Hyper, HyperSpec, Preset } from "../../protocol/spec.ts";
import { hyperOf, type Lane, optimizerFields, optimizerOf } from "./lanes.ts";

/** One setting that not all lanes share. */
export interface Difference {
  readonly label: string;
  /** By lane, in their order; undefined where the lane's method has no such setting. */
  readonly values: readonly { readonly letter: string; readonly value: number }[];
}

/** Settings of optimisers, and of methods that several lanes have; lanes whose methods differ do so on purpose. */
export function differencesOf(
  catalog: Catalog,
  preset: Preset,
  lanes: readonly Lane[],
): readonly Difference[] {
  const found: Difference[] = [];
  const look = (spec: HyperSpec, which: readonly Lane[], of: (lane: Lane) => Hyper) => {
    for (const [name, field] of Object.entries(spec)) {
      const values = which.map((lane) => ({
        letter: lane.letter,
        value: of(lane)[name] ?? field.default,
      }));
      if (values.some(({ value }) => value !== values[0]?.value))
        found.push({ label: field.label, values });
    }
  };
  for (const player of ["weights", "alpha"] as const)
    look(optimizerFields(catalog, preset, player), lanes, (lane) => {
      const { kind: _, ...numbers } = optimizerOf(preset, lane, player);
      return numbers as Hyper;
    });
  for (const method of catalog.methods)
    look(
      method.hyper,
      lanes.filter((lane) => lane.method === method.id),
      (lane) => hyperOf(method, preset, lane),
    );
  return found;
}

/** What a lane asks for once it shares the model's settings; its method stays its own. */
export const likeLane = (lane: Lane, model: Lane): Lane => ({
  ...lane,
  optimizers: model.optimizers,
  hyper: { ...lane.hyper, [model.method]: model.hyper[model.method] ?? {} },
});
