/** @file Text drawn from a run's network: from the mixture as it is, and from the cell that it would be derived to. */
import { dispose, tidy } from "@tensorflow/tfjs-core";
import type { Samples } from "../../protocol/messages.ts";
import type { AlphaGroup, Genotype } from "../../protocol/spec.ts";
import type { Rng } from "../core/rng.ts";
import { HyperError, SpecError } from "../errors.ts";
import type { AlphaValues, MethodState, Supernet, Task } from "../problem.ts";
import { readParams } from "./read-back.ts";

interface Source {
  readonly net: Supernet;
  readonly task: Task;
  readonly state: MethodState;
  readonly genotype: Genotype;
  /** The network is a genotype's own. */
  readonly isDerived: boolean;
  /** Steps taken. */
  readonly steps: number;
  /** The run's root stream. */
  readonly rng: Rng;
}
/** Drawn at once, of which `shown` are told; tokens of each; and what the temperature may be. */
const [batch, shown, count, hottest] = [32, 10, 48, 5];

/**
 * Prompts are windows of the validation half, so that batch norm sees what it has learnt with; the derived cell has the
 * supernet's weights. Repeats for the same step and temperature. Throws `SpecError` where there is no text to draw and
 * `HyperError` for a temperature outside (0, 5].
 */
export async function drawSamples(source: Source, temperature: number): Promise<Samples> {
  const { net, task, state, genotype, steps } = source;
  const rng = source.rng.fork("samples").fork(steps);
  const { generate } = net;
  const { decode } = task;
  if (!generate || !decode) throw new SpecError("samples need a task of characters");
  if (!(temperature > 0 && temperature <= hottest))
    throw new HyperError(`temperature = ${temperature} is outside (0, ${hottest}]`);
  const window = task.sample("val", { step: steps, size: batch, rng });
  const mixture = tidy(() => ({ ...net.relax(state.alpha).weights }));
  const [weights, relaxed, prompt] = await Promise.all([
    readParams(state.weights),
    readParams(mixture),
    window.x.data(),
  ]);
  dispose([window.x, window.y, ...Object.values(mixture)]);
  const draw = (name: string, shares: AlphaValues): readonly string[] => {
    const drawing = { prompt, batch, count, temperature, rng: rng.fork(name) };
    const tokens = generate(weights, shares, drawing);
    const texts = Array.from({ length: batch }, (_, n) =>
      decode(tokens.subarray(n * count, (n + 1) * count)),
    );
    return texts.filter((text) => text !== "").slice(0, shown);
  };
  return {
    steps,
    temperature,
    supernet: draw("supernet", relaxed),
    derived: source.isDerived ? [] : draw("derived", oneHot(net.groups, genotype)),
  };
}

/** The genotype as a mixture, (edges, ops) per group. */
const oneHot = (groups: readonly AlphaGroup[], genotype: Genotype): AlphaValues =>
  Object.fromEntries(
    groups.map(({ name, edges, ops }) => {
      const shares = new Float32Array(edges.length * ops.length);
      for (const { from, to, op } of genotype.groups[name] ?? []) {
        const edge = edges.findIndex((e) => e.from === from && e.to === to);
        shares[edge * ops.length + ops.indexOf(op)] = 1;
      }
      return [name, shares];
    }),
  );
