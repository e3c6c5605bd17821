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

/** Turns the gradient by `y`, the normalised values, into the one by what was normalised, in place. */
export function normaliseBack(
  grad: Float32Array,
  y: Float32Array,
  inverse: Float32Array,
  rows: number,
): void {
  const width = inverse.length;
  for (let k = 0; k < width; k++) {
    let [sum, product] = [0, 0];
    for (let at = k; at < grad.length; at += width) {
      const g = grad[at] as number;
      sum += g;
      product += g * (y[at] as number);
    }
    sum /= rows;
    product /= rows;
    const scale = inverse[k] as number;
    for (let at = k; at < grad.length; at += width)
      grad[at] = scale * ((grad[at] as number) - sum - (y[at] as number) * product);
  }
}
