/** @file What a trained network's norms take when it is judged: moments of the whole training half, not of one batch. */
import { dispose, tensor2d, tidy } from "@tensorflow/tfjs-core";
import type { BoundProblem, MethodState, Moments, Task } from "../problem.ts";

/**
 * Over the training half in stored order, full batches, batch b with mean μ_b and variance σ²_b:
 *   mean = E μ_b,   variance = E (σ²_b + μ_b²) − (E μ_b)²
 * as in Wu & Johnson, "Rethinking Batch in BatchNorm" (2021), §3. A new tensor, the caller's to free; undefined where
 * there are no norms.
 */
export async function populationMoments(
  problem: BoundProblem,
  task: Task,
  { weights, alpha }: MethodState,
  size: number,
): Promise<Moments | undefined> {
  if (!problem.measure) return undefined;
  let sums = new Float64Array();
  let batches = 0;
  for (;;) {
    const batch = await task.inOrder?.("train", batches, size);
    if (!batch) break;
    const measured = tidy(() => problem.measure?.(weights, problem.relax(alpha), batch) as Moments);
    const table = await measured.data();
    dispose([measured, batch.x, batch.y]);
    if (batches === 0) sums = new Float64Array(table.length);
    for (let i = 0; i < table.length; i += 2) {
      const [mean, variance] = [table[i] as number, table[i + 1] as number];
      sums[i] = (sums[i] as number) + mean;
      sums[i + 1] = (sums[i + 1] as number) + variance + mean ** 2;
    }
    batches += 1;
  }
  if (batches === 0) return undefined;
  const averages = sums.map((sum) => sum / batches);
  const table = Float32Array.from(averages, (average, i) =>
    i % 2 === 0 ? average : Math.max(0, average - (averages[i - 1] as number) ** 2),
  );
  return tensor2d(table, [table.length / 2, 2]);
}
