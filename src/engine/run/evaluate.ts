/** @file A network's accuracy, batch by batch. */
import { dispose, stack, tidy } from "@tensorflow/tfjs-core";
import { SpecError } from "../errors.ts";
import type { BoundProblem, MethodState, Task } from "../problem.ts";
import { populationMoments } from "./population.ts";

/** The half for α, or the examples that are in neither half. */
export type EvaluatedOn = "val" | "test";

/** Means over the examples seen. */
export interface Evaluation {
  readonly loss: number;
  /** Share of right answers, 0 … 1. */
  readonly accuracy: number;
  readonly examples: number;
}

/**
 * Over the validation half, or the test examples, in stored order. A network `trained` for itself is judged with its norms' moments of the
 * training half; a supernet's norms take each batch's own, as in its search (DARTS, appendix A). Throws `SpecError` where
 * nothing tells right from wrong.
 */
export async function evaluate(
  problem: BoundProblem,
  task: Task,
  state: MethodState,
  size: number,
  { trained, on }: { readonly trained: boolean; readonly on: EvaluatedOn },
): Promise<Evaluation> {
  const { weights, alpha } = state;
  if (!task.inOrder || !task.isClassifier || !problem.score)
    throw new SpecError("accuracy needs a task with labels; this one has none");
  if (on === "test" && !trained)
    throw new SpecError("test examples are for the training of a genotype, not for a search");
  if (on === "test" && !task.heldOut) throw new SpecError("this task holds no test examples");
  const next = (index: number) =>
    on === "test" ? task.heldOut?.(index, size) : task.inOrder?.("val", index, size);
  const moments = trained ? await populationMoments(problem, task, state, size) : undefined;
  let [loss, correct, batches, examples] = [0, 0, 0, 0];
  for (;;) {
    const batch = await next(batches);
    if (!batch) break;
    const numbers = tidy(() => {
      const score = problem.score?.(weights, problem.relax(alpha), batch, moments);
      return stack([score?.loss as never, score?.correct as never]);
    });
    const [l, c] = await numbers.data();
    dispose([numbers, batch.x, batch.y]);
    loss += l as number;
    correct += c as number;
    batches += 1;
    examples += batch.y.size;
  }
  moments?.dispose();
  return { loss: loss / batches, accuracy: correct / examples, examples };
}
