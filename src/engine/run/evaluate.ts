/** @file The supernet's accuracy, batch by batch. */
import { dispose, stack, tidy } from "@tensorflow/tfjs-core";
import { SpecError } from "../errors.ts";
import type { BoundProblem, MethodState, Task } from "../problem.ts";
import type { Evaluation } from "./run.ts";

/** Over the validation half in stored order. Throws `SpecError` where nothing tells right from wrong. */
export async function evaluate(
  problem: BoundProblem,
  task: Task,
  { weights, alpha }: MethodState,
  size: number,
): Promise<Evaluation> {
  if (!task.inOrder || !problem.score)
    throw new SpecError("accuracy needs a task with labels, and the wasm, webgl or cpu backend");
  let [loss, correct, batches, examples] = [0, 0, 0, 0];
  for (;;) {
    const batch = await task.inOrder("val", batches, size);
    if (!batch) break;
    const numbers = tidy(() => {
      const score = problem.score?.(weights, problem.relax(alpha), batch);
      return stack([score?.loss as never, score?.correct as never]);
    });
    const [l, c] = await numbers.data();
    dispose([numbers, batch.x, batch.y]);
    loss += l as number;
    correct += c as number;
    batches += 1;
    examples += batch.y.size;
  }
  return { loss: loss / batches, accuracy: correct / examples, examples };
}
