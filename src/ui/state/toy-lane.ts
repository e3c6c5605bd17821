/** @file A lane on the toy, as its settings stand: its rules, and the end that follows from them. */
import type { Catalog } from "../../protocol/catalog.ts";
import type { Preset } from "../../protocol/spec.ts";
import { type ToyEnd, toyEnd } from "../viz/toy-end.ts";
import type { ToyRules } from "../viz/toy-step.ts";
import { hyperOf, type Lane, optimizerOf } from "./lanes.ts";

export interface ToyLane {
  readonly lane: Lane;
  readonly rules: ToyRules;
  readonly end: ToyEnd;
}

/** Undefined for a method that the catalog lacks. */
export function toyLane(catalog: Catalog, preset: Preset, lane: Lane): ToyLane | undefined {
  const method = catalog.methods.find((m) => m.id === lane.method);
  if (!method) return undefined;
  const rules = {
    method: method.id,
    hyper: hyperOf(method, preset, lane),
    optimizers: {
      weights: optimizerOf(preset, lane, "weights"),
      alpha: optimizerOf(preset, lane, "alpha"),
    },
  };
  return { lane, rules, end: toyEnd(rules) };
}
