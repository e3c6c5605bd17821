/**
 * @file Small formulas that are applied number by number or row by row: one loop on the cpu backend, where each of
 * tfjs's operations costs more than all numbers of α together, and tfjs's operations elsewhere.
 */
import {
  customGrad,
  type GradSaveFunc,
  mul,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor2D,
  tensor,
  where,
  zerosLike,
} from "@tensorflow/tfjs-core";
import { isHost, valuesOf } from "./host.ts";

/** One formula of up to four values in both languages: of numbers, and of tensors. */
export interface Formula {
  readonly each: (a: number, b: number, c: number, d: number) => number;
  readonly whole: (a: Tensor, b: Tensor, c: Tensor, d: Tensor) => Tensor;
}

/** The formula at every place of tensors of one shape; those it does not use may be left out. Not differentiable. */
export function elementwise({ each, whole }: Formula, a: Tensor, b = a, c = a, d = a): Tensor {
  if (!isHost()) return whole(a, b, c, d);
  const [p, q, r, s] = [valuesOf(a), valuesOf(b), valuesOf(c), valuesOf(d)];
  const out = new Float32Array(p.length);
  for (let i = 0; i < out.length; i++)
    out[i] = each(p[i] as number, q[i] as number, r[i] as number, s[i] as number);
  return tensor(out, a.shape);
}

/** Rows of `now` where `rows` (rows, 1) is true, of `before` (zero by default) elsewhere. Not differentiable. */
export function chooseRows(rows: Tensor, now: Tensor, before?: Tensor): Tensor {
  if (!isHost()) return where(rows, now, before ?? zerosLike(now));
  const width = now.size / rows.size;
  const [flags, a, b] = [valuesOf(rows), valuesOf(now), before && valuesOf(before)];
  const out = new Float32Array(a.length);
  for (let i = 0; i < out.length; i++) {
    const from = flags[Math.floor(i / width)] ? a : b;
    out[i] = from?.[i] ?? 0;
  }
  return tensor(out, now.shape);
}

/** Softmax of each row, differentiable. */
export function softmaxRows(x: Tensor2D): Tensor2D {
  if (!isHost()) return softmax(x);
  const differentiable = customGrad((a, save) => {
    const value = tensor(rowShares(valuesOf(a as Tensor), x.shape[1]), x.shape);
    (save as GradSaveFunc)([value]);
    const gradFunc = (dy: Tensor, [p]: Tensor[]) => softmaxRowsBack(p as Tensor2D, dy as Tensor2D);
    return { value, gradFunc };
  });
  return differentiable(x) as Tensor2D;
}

/** ∂x of ∂p for p = softmax(x), row by row: p (∂p − Σ p ∂p). Not differentiable. */
export function softmaxRowsBack(p: Tensor2D, dp: Tensor2D): Tensor2D {
  if (!isHost()) return mul(p, sub(dp, sum(mul(p, dp), 1, true)));
  const [shares, slopes, width] = [valuesOf(p), valuesOf(dp), p.shape[1]];
  const out = new Float32Array(shares.length);
  for (let row = 0; row < out.length; row += width) {
    let mean = 0;
    for (let i = row; i < row + width; i++) mean += (shares[i] as number) * (slopes[i] as number);
    for (let i = row; i < row + width; i++)
      out[i] = (shares[i] as number) * ((slopes[i] as number) - mean);
  }
  return tensor(out, p.shape);
}

function rowShares(x: Float32Array, width: number): Float32Array {
  const out = new Float32Array(x.length);
  for (let row = 0; row < out.length; row += width) {
    let [top, total] = [Number.NEGATIVE_INFINITY, 0];
    for (let i = row; i < row + width; i++) top = Math.max(top, x[i] as number);
    for (let i = row; i < row + width; i++) {
      out[i] = Math.exp((x[i] as number) - top);
      total += out[i] as number;
    }
    for (let i = row; i < row + width; i++) out[i] = (out[i] as number) / total;
  }
  return out;
}
