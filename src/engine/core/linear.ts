/**
 * @file Sums of scaled tensors: all that momentum, clipping, w ± εv and y − w are made of. On the cpu backend, where a
 * tensor is an array at hand, each is a loop: tfjs's own kernels there cost more than the network's gradients do.
 * None of these is differentiable.
 */
import {
  add,
  mul,
  type Scalar,
  scalar,
  square,
  sum,
  type Tensor,
  tensor,
} from "@tensorflow/tfjs-core";
import { isHost, valuesOf } from "./host.ts";

/** c·x */
export type Term = readonly [c: number | Scalar, x: Tensor];

/** Σ c·x over up to four tensors of one shape. */
export function combine(...terms: readonly [Term, Term?, Term?, Term?]): Tensor {
  const given = terms.filter((term) => term !== undefined);
  if (!isHost())
    return given.map(([c, x]) => (c === 1 ? x : mul(x, c))).reduce((x, y) => add(x, y));
  const [first, second, third, fourth] = given.map(([c, x]): Values => [numberOf(c), valuesOf(x)]);
  const out = new Float32Array(terms[0][1].size);
  if (fourth) four(out, first as Values, second as Values, third as Values, fourth);
  else if (third) three(out, first as Values, second as Values, third);
  else if (second) two(out, first as Values, second);
  else one(out, first as Values);
  return tensor(out, terms[0][1].shape);
}

/** x + c·y; both of one shape. */
export const addScaled = (x: Tensor, c: number | Scalar, y: Tensor): Tensor =>
  combine([1, x], [c, y]);
/** c·x. */
export const scaled = (c: number | Scalar, x: Tensor): Tensor => (c === 1 ? x : combine([c, x]));

/** Σ x², a scalar. */
export function sumSquares(x: Tensor): Scalar {
  if (!isHost()) return sum(square(x));
  const a = valuesOf(x);
  // Four sums, as each addition would wait for the one before.
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const whole = a.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    s0 += (a[i] as number) * (a[i] as number);
    s1 += (a[i + 1] as number) * (a[i + 1] as number);
    s2 += (a[i + 2] as number) * (a[i + 2] as number);
    s3 += (a[i + 3] as number) * (a[i + 3] as number);
  }
  for (let i = whole; i < a.length; i++) s0 += (a[i] as number) ** 2;
  return scalar(s0 + s1 + s2 + s3);
}

const numberOf = (c: number | Scalar): number =>
  typeof c === "number" ? c : (valuesOf(c)[0] as number);

// A loop for each count, as a pass over memory costs more than the arithmetic. Each takes two numbers a turn and stores them
// last, so that no load waits for a store.
type Values = readonly [c: number, x: Float32Array];
function one(out: Float32Array, [p, a]: Values): void {
  const whole = out.length & ~1;
  for (let i = 0; i < whole; i += 2) {
    const even = p * (a[i] as number);
    const odd = p * (a[i + 1] as number);
    out[i] = even;
    out[i + 1] = odd;
  }
  for (let i = whole; i < out.length; i++) out[i] = p * (a[i] as number);
}
function two(out: Float32Array, [p, a]: Values, [q, b]: Values): void {
  const whole = out.length & ~1;
  for (let i = 0; i < whole; i += 2) {
    const even = p * (a[i] as number) + q * (b[i] as number);
    const odd = p * (a[i + 1] as number) + q * (b[i + 1] as number);
    out[i] = even;
    out[i + 1] = odd;
  }
  for (let i = whole; i < out.length; i++) out[i] = p * (a[i] as number) + q * (b[i] as number);
}
function three(out: Float32Array, [p, a]: Values, [q, b]: Values, [r, c]: Values): void {
  const whole = out.length & ~1;
  for (let i = 0; i < whole; i += 2) {
    const even = p * (a[i] as number) + q * (b[i] as number) + r * (c[i] as number);
    const odd = p * (a[i + 1] as number) + q * (b[i + 1] as number) + r * (c[i + 1] as number);
    out[i] = even;
    out[i + 1] = odd;
  }
  for (let i = whole; i < out.length; i++)
    out[i] = p * (a[i] as number) + q * (b[i] as number) + r * (c[i] as number);
}
function four(
  out: Float32Array,
  [p, a]: Values,
  [q, b]: Values,
  [r, c]: Values,
  [s, d]: Values,
): void {
  const whole = out.length & ~1;
  for (let i = 0; i < whole; i += 2) {
    const even =
      p * (a[i] as number) + q * (b[i] as number) + r * (c[i] as number) + s * (d[i] as number);
    const odd =
      p * (a[i + 1] as number) +
      q * (b[i + 1] as number) +
      r * (c[i + 1] as number) +
      s * (d[i + 1] as number);
    out[i] = even;
    out[i + 1] = odd;
  }
  for (let i = whole; i < out.length; i++)
    out[i] =
      p * (a[i] as number) + q * (b[i] as number) + r * (c[i] as number) + s * (d[i] as number);
}
