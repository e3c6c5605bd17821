/** @file What happens at both ends of the network: images in, loss and its gradient out. On views of the arena. */
import type { PlacedPlanes, Plan } from "../compiler/plan.ts";

/** Images (batch, height, width, channels) to planes with the batch innermost. */
export function layOutImages(
  { at, n, geo }: PlacedPlanes,
  images: Float32Array,
  arena: Float32Array,
): void {
  const { b, lanes, pitch } = geo;
  const pixels = geo.h * geo.w;
  const next = pixels * n;
  const fours = lanes & ~3;
  // Writes run through memory in order; reads are few lines that stay in the cache. Four images a turn, as a turn costs as
  // much as one of them.
  for (let c = 0; c < n; c++)
    for (let p = 0; p < pixels; p++) {
      const to = at + c * pitch + p * b;
      let from = p * n + c;
      for (let image = 0; image < fours; image += 4) {
        const first = images[from] as number;
        const second = images[from + next] as number;
        const third = images[from + 2 * next] as number;
        const fourth = images[from + 3 * next] as number;
        arena[to + image] = first;
        arena[to + image + 1] = second;
        arena[to + image + 2] = third;
        arena[to + image + 3] = fourth;
        from += 4 * next;
      }
      for (let image = fours; image < lanes; image++) {
        arena[to + image] = images[from] as number;
        from += next;
      }
    }
}

export interface Loss {
  /** Mean over the batch. */
  readonly loss: number;
  /** Images whose label has the greatest logit. */
  readonly correct: number;
}
/** Softmax cross-entropy of the logits; writes its gradient by them. */
export function crossEntropy(plan: Plan, arena: Float32Array, labels: ArrayLike<number>): Loss {
  const { logits, logitsGradient } = plan;
  const { lanes, pitch } = logits.geo;
  const classes = logits.n;
  let loss = 0;
  let correct = 0;
  for (let image = 0; image < lanes; image++) {
    const label = labels[image] as number;
    const at = logits.at + image;
    let top = Number.NEGATIVE_INFINITY;
    let best = 0;
    for (let k = 0; k < classes; k++) {
      const z = arena[at + k * pitch] as number;
      if (z > top) {
        top = z;
        best = k;
      }
    }
    let norm = 0;
    for (let k = 0; k < classes; k++) norm += Math.exp((arena[at + k * pitch] as number) - top);
    loss += (Math.log(norm) + top - (arena[at + label * pitch] as number)) / lanes;
    if (best === label) correct++;
    for (let k = 0; k < classes; k++) {
      const share = Math.exp((arena[at + k * pitch] as number) - top) / norm;
      arena[logitsGradient.at + k * pitch + image] = (share - (k === label ? 1 : 0)) / lanes;
    }
  }
  return { loss, correct };
}

/** Logits (batch, classes), row by row. */
export function readLogits({ logits: { at, n, geo } }: Plan, arena: Float32Array): Float32Array {
  const out = new Float32Array(geo.lanes * n);
  for (let image = 0; image < geo.lanes; image++)
    for (let k = 0; k < n; k++) out[image * n + k] = arena[at + k * geo.pitch + image] as number;
  return out;
}
