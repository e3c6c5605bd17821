/** @file Batch norm without scale over the rows of a (rows, width) matrix: biased variance, ε = 1e-5. */

const epsilon = 1e-5;

/** x ← (x − mean) / σ column by column; `inverse` (width) gets 1 / σ. */
export function normalise(x: Float32Array, inverse: Float32Array, rows: number): void {
  const width = inverse.length;
  for (let k = 0; k < width; k++) {
    let mean = 0;
    for (let at = k; at < x.length; at += width) mean += x[at] as number;
    mean /= rows;
    let variance = 0;
    for (let at = k; at < x.length; at += width) variance += ((x[at] as number) - mean) ** 2;
    const scale = 1 / Math.sqrt(variance / rows + epsilon);
    inverse[k] = scale;
    for (let at = k; at < x.length; at += width) x[at] = ((x[at] as number) - mean) * scale;
  }
}

/**
 * Turns the gradient by `y`, the normalised values, into the one by what was normalised, in place:
 *   (g − ḡ − (1 − ε/σ²)(y − ȳ) Σ(g − ḡ)(y − ȳ) / Σ(y − ȳ)²) / σ
 * Σy² is rows · (1 − ε/σ²), but not to the last bit. Of two rows nearly nothing is left, and that is all in the factor
 * 1 − ε/σ²; with Σy² in place of it, the rounding of y would be as large.
 */
export function normaliseBack(
  grad: Float32Array,
  y: Float32Array,
  inverse: Float32Array,
  rows: number,
): void {
  const width = inverse.length;
  for (let k = 0; k < width; k++) {
    let [meanGrad, mean] = [0, 0];
    for (let at = k; at < grad.length; at += width) {
      meanGrad += grad[at] as number;
      mean += y[at] as number;
    }
    meanGrad /= rows;
    mean /= rows;
    let [product, square] = [0, 0];
    for (let at = k; at < grad.length; at += width) {
      const centred = (y[at] as number) - mean;
      product += ((grad[at] as number) - meanGrad) * centred;
      square += centred * centred;
    }
    const scale = inverse[k] as number;
    const along = square > 0 ? ((1 - epsilon * scale * scale) * product) / square : 0;
    for (let at = k; at < grad.length; at += width)
      grad[at] = scale * ((grad[at] as number) - meanGrad - along * ((y[at] as number) - mean));
  }
}
