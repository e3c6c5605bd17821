/** @file The networks to measure on: the page's presets, with the image sizes of their peer in `torch_darts.py`. */
import { presets } from "../src/engine/run/presets.ts";
import type { Preset } from "../src/protocol/spec.ts";
import type { PresetName } from "./engine.ts";

/** How a preset is measured. */
export interface BenchPreset {
  /** Height and width of the synthetic images in pixels. */
  readonly size: number;
  /** Timed steps of each kind. */
  readonly runs: number;
  /** Whether engines stay in memory between their turns. */
  readonly resident: boolean;
  /** Whether the uncompiled reference takes part unasked: it takes seconds a step even where this is smallest. */
  readonly reference: boolean;
}
export const benchPresets: Readonly<Record<PresetName, BenchPreset>> = {
  tiny: { size: 16, runs: 30, resident: true, reference: true },
  small: { size: 16, runs: 20, resident: true, reference: false },
  paper: { size: 32, runs: 5, resident: false, reference: false },
};

/** The page's preset of that name. */
export function settingsOf(name: PresetName): Preset {
  const found = presets.find(({ id }) => id === name);
  if (!found) throw new Error(`no preset "${name}"; there are ${presets.map((p) => p.id)}`);
  return found;
}
