/**
 * @file One edge of the cell, all its activations at once. From a state s with [c; g] = s·W it adds
 * Σ_f p_f (s + σ(c)(f(g) − s)) = P·s·(1 − σ(c)) + σ(c)·F, where P = Σ p_f and F = Σ p_f·f(g); `none` is in neither.
 */

/** Of each activation: p of tanh, relu, sigmoid, identity. */
export type Shares = readonly [tanh: number, relu: number, sigmoid: number, identity: number];

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
/** tanh x from σ = sigmoid(x): (σ² − (1 − σ)²) / (σ² + (1 − σ)²). Saves an exponential, and cannot overflow. */
const tanhOf = (s: number): number => (2 * s - 1) / (1 - 2 * s + 2 * s * s);

/** Adds the edge's value to `out` (rows, width). `y` (rows, 2 width) holds [c; g] and keeps [σ(c); g]. */
export function edgeForward(
  out: Float32Array,
  state: Float32Array,
  y: Float32Array,
  [tanh, relu, sigm, identity]: Shares,
  width: number,
): void {
  const total = tanh + relu + sigm + identity;
  const isCurved = tanh !== 0 || sigm !== 0;
  for (let row = 0, at = 0; row < out.length; row += width, at += width)
    for (let k = row; k < row + width; k++, at++) {
      const gate = sigmoid(y[at] as number);
      y[at] = gate;
      const g = y[at + width] as number;
      let f = identity * g + (g > 0 ? relu * g : 0);
      if (isCurved) {
        const s = sigmoid(g);
        f += sigm * s + tanh * tanhOf(s);
      }
      out[k] = (out[k] as number) + total * (state[k] as number) * (1 - gate) + gate * f;
    }
}

/**
 * Given the gradient by the edge's value: adds to the state's, writes [∂c; ∂g] to `dy`, and adds ∂p of the activations
 * to `dp`. `y` is what `edgeForward` kept.
 */
export function edgeBackward(
  grad: Float32Array,
  state: Float32Array,
  y: Float32Array,
  [tanh, relu, sigm, identity]: Shares,
  into: { readonly dState: Float32Array; readonly dy: Float32Array; readonly dp: Float64Array },
  width: number,
): void {
  const { dState, dy, dp } = into;
  const total = tanh + relu + sigm + identity;
  let [kept, byTanh, byRelu, bySigmoid, byIdentity] = [0, 0, 0, 0, 0];
  for (let row = 0, at = 0; row < grad.length; row += width, at += width)
    for (let k = row; k < row + width; k++, at++) {
      const d = grad[k] as number;
      const gate = y[at] as number;
      const g = y[at + width] as number;
      const x = state[k] as number;
      const s = sigmoid(g);
      const t = tanhOf(s);
      const r = Math.max(g, 0);
      const through = d * gate;
      kept += d * x * (1 - gate);
      byTanh += through * t;
      byRelu += through * r;
      bySigmoid += through * s;
      byIdentity += through * g;
      dState[k] = (dState[k] as number) + d * total * (1 - gate);
      const f = tanh * t + relu * r + sigm * s + identity * g;
      dy[at] = through * (1 - gate) * (f - total * x);
      const slope = tanh * (1 - t * t) + (g > 0 ? relu : 0) + sigm * s * (1 - s) + identity;
      dy[at + width] = through * slope;
    }
  const add = (op: number, by: number) => {
    dp[op] = (dp[op] as number) + kept + by;
  };
  [byTanh, byRelu, bySigmoid, byIdentity].forEach((by, i) => {
    add(i, by);
  });
}

/** s₀ = h + σ(c)·(tanh(g) − h) to `out`. `y` (rows, 2 width) holds [c; g] and keeps [σ(c); tanh(g)]. */
export function firstForward(
  out: Float32Array,
  carried: Float32Array,
  y: Float32Array,
  width: number,
): void {
  for (let row = 0, at = 0; row < out.length; row += width, at += width)
    for (let k = row; k < row + width; k++, at++) {
      const gate = sigmoid(y[at] as number);
      const t = tanhOf(sigmoid(y[at + width] as number));
      const h = carried[k] as number;
      y[at] = gate;
      y[at + width] = t;
      out[k] = h + gate * (t - h);
    }
}

/** Given the gradient by s₀: writes the one by h that does not pass through the matrix, and [∂c; ∂g] to `dy`. */
export function firstBackward(
  grad: Float32Array,
  carried: Float32Array,
  y: Float32Array,
  into: { readonly dCarried: Float32Array; readonly dy: Float32Array },
  width: number,
): void {
  const { dCarried, dy } = into;
  for (let row = 0, at = 0; row < grad.length; row += width, at += width)
    for (let k = row; k < row + width; k++, at++) {
      const d = grad[k] as number;
      const gate = y[at] as number;
      const t = y[at + width] as number;
      dCarried[k] = d * (1 - gate);
      dy[at] = d * (t - (carried[k] as number)) * gate * (1 - gate);
      dy[at + width] = d * gate * (1 - t * t);
    }
}
