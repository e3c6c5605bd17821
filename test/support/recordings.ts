/** @file Small recordings of a cell with one node. */
import { parseGenotype } from "../../src/genotype/formats.ts";
import type { RunSpec } from "../../src/protocol/spec.ts";
import type { Recording } from "../../src/ui/state/recording.ts";
import { testCatalog } from "./fake-engine.ts";
import { cellGroup } from "./groups.ts";

/** α of both rows, (2, edges, ops) with two edges and three ops, and the training and validation losses of four steps. */
export interface TestSeed {
  readonly alpha: readonly number[];
  readonly losses: readonly number[];
}

/** Seeds 1, 2, … of one method, four steps each. The genotype of a seed with a positive first α keeps sep 3×3 on both edges, others skip. */
export function testRecording(
  seeds: readonly TestSeed[],
  { id = "test", method = "darts" }: { readonly id?: string; readonly method?: string } = {},
): Recording {
  const cell = cellGroup(2, 3);
  const group = { ...cell, edges: cell.edges.slice(-2) };
  const { settings } = testCatalog.presets.find((p) => p.id === "tiny") ?? {};
  const runs = seeds.map(({ alpha, losses }, i) => {
    const spec = { ...settings, method, backend: "wasm", seed: i + 1, hyper: {} } as RunSpec;
    const op = (alpha[0] ?? 0) > 0 ? "sep_conv_3x3" : "skip_connect";
    const both = `[('${op}', 0), ('${op}', 1)]`;
    const text = `Genotype(normal=${both}, normal_concat=range(2, 3), reduce=${both}, reduce_concat=range(2, 3))`;
    const genotype = { ...parseGenotype(text), space: spec.space };
    const trace = {
      length: 2,
      steps: Uint32Array.of(0, 4),
      rows: { normal: Float32Array.from(alpha) },
      widths: { normal: 6 },
    };
    const records = [0, 1, 2, 3].map((step) => {
      return { step, trainLoss: losses[step] ?? 0, valLoss: losses[4 + step] ?? 0 };
    });
    const cost = { gradients: 8, forwards: 4, ms: 20, bytes: 1000 };
    const costs = [0.25, 0.5, 0.75, 1].map((share) => {
      return { gradients: 8 * share, forwards: 4 * share, ms: 20 * share, bytes: cost.bytes };
    });
    const changes = [{ steps: 0, genotype }];
    const past = { records, trace, changes, begun: spec, tunings: [], costs };
    return { letter: "A", spec, groups: [group], past };
  });
  return {
    ...{ id, method, label: id.toUpperCase(), preset: "tiny", steps: 4 },
    ...{ app: "0.0.1", backend: "wasm", device: "a desk", date: "2026-01-02" },
    seeds: seeds.map((_, i) => i + 1),
    groups: [group],
    runs,
  };
}
