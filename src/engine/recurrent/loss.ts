/** @file Mean cross-entropy of next tokens, and its gradient. */

export interface TokenLoss {
  /** Mean over all tokens, in nats. */
  readonly loss: number;
  /** How many tokens were the likeliest. */
  readonly correct: number;
}

/** `logits` (tokens, vocabulary) become the gradient of the loss by them; `targets` is (tokens). */
export function crossEntropyBack(
  logits: Float32Array,
  targets: ArrayLike<number>,
  vocabulary: number,
): TokenLoss {
  const tokens = logits.length / vocabulary;
  let [loss, correct] = [0, 0];
  for (let i = 0; i < tokens; i++) {
    const row = logits.subarray(i * vocabulary, (i + 1) * vocabulary);
    const target = targets[i] as number;
    let [peak, best] = [Number.NEGATIVE_INFINITY, 0];
    for (let k = 0; k < vocabulary; k++)
      if ((row[k] as number) > peak) [peak, best] = [row[k] as number, k];
    if (best === target) correct++;
    const share = (row[target] as number) - peak;
    let total = 0;
    for (let k = 0; k < vocabulary; k++) {
      const e = Math.exp((row[k] as number) - peak);
      row[k] = e;
      total += e;
    }
    loss += Math.log(total) - share;
    for (let k = 0; k < vocabulary; k++)
      row[k] = ((row[k] as number) / total - (k === target ? 1 : 0)) / tokens;
  }
  return { loss: loss / tokens, correct };
}
