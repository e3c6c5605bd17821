/** @file A whole evaluation as dispatches: images in, both passes, loss and the mixture's gradient out. */
import { MIXTURE, WEIGHTS } from "../compiler/graph.ts";
import type { Plan } from "../compiler/plan.ts";
import { crossEntropy, type Ends, layOutImages, sumMixture } from "./ends.ts";
import { type Dispatch, type Kernel, type LoweredTable, Lowering } from "./lower.ts";
import type { Device } from "./shader.ts";

/** A dispatch that may serve some gradients only, as bits of `graph.ts`; 0 serves all. */
export interface WantedDispatch extends Dispatch {
  readonly wanted: number;
}
/** Where parts of a mixture entry's gradient are collected. */
export interface MixtureSum {
  readonly chosen: number;
  readonly parts: Plan["mixture"]["parts"];
}

/** A plan for one device. Lengths are in words of four bytes. */
export interface LoweredPlan {
  readonly plan: Plan;
  readonly ends: Ends;
  readonly dispatches: readonly WantedDispatch[];
  readonly kernels: readonly Kernel[];
  readonly tables: readonly LoweredTable[];
  readonly sums: readonly MixtureSum[];
  readonly rows: readonly number[];
  readonly chosen: number;
  readonly planes: number;
  readonly scalars: number;
}

/** Lowers a plan. */
export function lower(plan: Plan, device: Device): LoweredPlan {
  const lowering = new Lowering(plan, device);
  const forward = lowering.pass(plan.forward);
  const backward = lowering.pass(plan.backward);
  const { mixture, image, batch, constants } = plan;
  let end = Math.max(
    lowering.scalars,
    plan.weights.at + plan.weights.size,
    plan.weights.gradient + plan.weights.size,
    mixture.at + mixture.size,
    ...constants.map(({ at, values }) => at + values.length),
  );
  const room = (size: number): number => {
    end += size;
    return end - size;
  };
  const sums = Array.from({ length: mixture.size }, (_, entry): MixtureSum => {
    const parts = mixture.parts.filter((part) => part.entry === entry);
    return { parts, chosen: lowering.reserve(1 + 2 * parts.length) };
  });
  const ends: Ends = {
    plan,
    images: room(batch * image.n * image.geo.h * image.geo.w),
    labels: room(batch),
    loss: room(1),
    mixtureGradient: room(mixture.size),
    sums: sums.map(({ chosen }) => chosen),
  };
  const always = { wanted: 0 };
  const dispatches: WantedDispatch[] = [
    { ...lowering.always("layOutImages", layOutImages, ends), ...always },
    ...forward.map((d) => ({ ...d, ...always })),
    { ...lowering.always("crossEntropy", crossEntropy, ends), ...always },
    ...backward.map((d) => ({ ...d, wanted: WEIGHTS | MIXTURE })),
  ];
  if (mixture.size > 0)
    dispatches.push({ ...lowering.always("sumMixture", sumMixture, ends), wanted: MIXTURE });
  return {
    plan,
    ends,
    dispatches,
    kernels: lowering.kernels,
    tables: [...lowering.tables.values()],
    sums,
    rows: lowering.rows,
    chosen: lowering.chosen,
    planes: lowering.planes,
    scalars: end,
  };
}
