/** @file A step that explains itself: what each part of the gradient moved α by, which mixture ran, and what was drawn. */
import { dispose } from "@tensorflow/tfjs-core";
import type { Explained } from "../../protocol/explained.ts";
import type { Phase } from "../../protocol/messages.ts";
import type { Optimizer } from "../core/optim.ts";
import { type Params, tensorsIn } from "../core/params.ts";
import type { Draw, StepReport, Task } from "../problem.ts";
import { type Pulls, readParams } from "./read-back.ts";

/** α's optimiser, whose updates are the same to the last bit, and a way to weigh terms as its last update weighed them. */
export function weighing(optimizer: Optimizer) {
  let weigh = (_: Params): Params => ({});
  const listening: Optimizer = {
    ...optimizer,
    update(params, grads, state, options) {
      const made = optimizer.update(params, grads, state, options);
      weigh = (part) => optimizer.share(part, grads, made.state);
      return made;
    },
  };
  const pullsOf = ({ explain }: StepReport): Pulls => {
    const { terms = [], ran } = explain?.() ?? {};
    return { terms: terms.map((term) => weigh(term)), ...(ran && { ran }) };
  };
  return { optimizer: listening, pullsOf };
}

const drawn: Phase = {
  id: "batch",
  label: "batch",
  text: "Two batches are drawn: one from the half for w, one from the half for α.",
};
/** A method's phases after what every step begins with, where there are examples. */
export const phasesWith = ({ show }: Task, phases: readonly Phase[]): readonly Phase[] =>
  show ? [drawn, ...phases] : phases;

const readDraws = async (ran: Readonly<Record<string, Params>>) =>
  Object.fromEntries(
    await Promise.all(
      Object.entries(ran).map(async ([name, draw]) => [name, await readParams(draw)] as const),
    ),
  );

/** The pulls as numbers, with the examples of the step's draw. Frees the pulls. */
export async function explained(pulls: Pulls, task: Task, draw: Draw): Promise<Explained> {
  const { show } = task;
  try {
    return {
      terms: await Promise.all(pulls.terms.map(readParams)),
      ...(pulls.ran && { ran: await readDraws(pulls.ran) }),
      ...(show && { train: show("train", draw), val: show("val", draw) }),
    };
  } finally {
    dispose(tensorsIn(pulls));
  }
}
