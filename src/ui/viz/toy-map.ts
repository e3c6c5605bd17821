/** @file A method on the toy as a linear map: its matrix, its fixed point, and how fast it goes there or away. */
import { at } from "./at.ts";
import {
  type ToyClock,
  type ToyPoint,
  type ToyRules,
  type ToyStepper,
  toyStepper,
} from "./toy-step.ts";

/** x ← M x + c, with x = (α, w, y) or, with momentum, (α, w, y, and their velocities). */
export interface ToyMap {
  /** M, row by row. */
  readonly matrix: readonly (readonly number[])[];
  readonly offset: readonly number[];
}

/** The map at a step; clipping, which only shortens steep steps, is left out. A string says why there is none. */
export function toyMap(rules: ToyRules, clock: ToyClock = { step: 0, of: 0 }): ToyMap | string {
  const { weights, alpha } = rules.optimizers;
  const step = toyStepper({
    ...rules,
    optimizers: { weights: unclipped(weights), alpha: unclipped(alpha) },
  });
  if (typeof step === "string") return step;
  const carries = [weights, alpha].some((spec) => spec.kind === "sgd" && spec.momentum > 0);
  const size = carries ? 6 : 3;
  const image = (x: readonly number[]) => flat(step(pointOf(x), clock)).slice(0, size);
  // A linear step is known from what it does to the origin and to one unit of each number.
  const offset = image(zeros(size));
  const columns = offset.map((_, j) => {
    const moved = image(zeros(size).map((_, i) => (i === j ? 1 : 0)));
    return moved.map((v, i) => v - at(offset, i));
  });
  return { matrix: offset.map((_, i) => columns.map((column) => at(column, i))), offset };
}
const unclipped = (spec: ToyRules["optimizers"]["weights"]) =>
  spec.kind === "sgd" ? { ...spec, clip: 0 } : spec;
const zeros = (size: number): readonly number[] => Array.from({ length: size }, () => 0);
const flat = ({ alpha, w, y, velocity }: ToyPoint) => [alpha, w, y, ...velocity];
const pointOf = ([alpha = 0, w = 0, y = 0, ...v]: readonly number[]): ToyPoint => ({
  alpha,
  w,
  y,
  velocity: [v[0] ?? 0, v[1] ?? 0, v[2] ?? 0],
});

/**
 * Where the map stands still: (I − M) x = c, by elimination. Undefined for a saddle or a line of such points, that is
 * if det(I − M) ≤ 0: rates and momentum change that determinant by positive factors only, so no step size helps.
 */
export function fixedPoint({ matrix, offset }: ToyMap): ToyPoint | undefined {
  const rows = matrix.map((row, i) => [...row.map((m, j) => (i === j ? 1 : 0) - m), at(offset, i)]);
  let [determinant, scale] = [1, 1];
  for (const [i] of rows.entries()) {
    let best = i;
    for (let k = i + 1; k < rows.length; k++)
      if (Math.abs(at(at(rows, k), i)) > Math.abs(at(at(rows, best), i))) best = k;
    if (best !== i) {
      [rows[i], rows[best]] = [at(rows, best), at(rows, i)];
      determinant = -determinant;
    }
    const pivot = at(at(rows, i), i);
    determinant *= pivot;
    scale *= Math.max(...at(rows, i).slice(0, -1).map(Math.abs));
    if (pivot === 0) return undefined;
    for (const [k, row] of rows.entries()) {
      if (k === i) continue;
      const factor = at(row, i) / pivot;
      rows[k] = row.map((v, j) => v - factor * at(at(rows, i), j));
    }
  }
  // Rounding may leave a little more than nothing where the algebra gives zero.
  if (determinant <= 1e-10 * scale) return undefined;
  return pointOf(rows.map((row, i) => at(row, rows.length) / at(row, i)));
}

/**
 * The spectral radius of M: below 1 every start comes to the fixed point, above 1 it runs away. Gelfand's formula: after k
 * squarings the growth is known to about 2⁻ᵏ.
 */
export function spectralRadius({ matrix }: Pick<ToyMap, "matrix">, squarings = 24): number {
  const size = matrix.length;
  // Flat, in place and in plain loops: a map of settings asks thousands of times while it is dragged.
  let power = Float64Array.from(matrix.flat());
  let next = new Float64Array(size * size);
  let logNorm = 0;
  for (let k = 0; ; k++) {
    let norm = 0;
    for (const v of power) if (Math.abs(v) > norm) norm = Math.abs(v);
    if (norm === 0) return 0;
    logNorm += Math.log(norm) / 2 ** k;
    if (k === squarings) return Math.exp(logNorm);
    square(power, next, size, norm);
    [power, next] = [next, power];
  }
}
/** into ← (a / norm)² */
function square(a: Float64Array, into: Float64Array, size: number, norm: number): void {
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++)
        sum += (a[i * size + k] as number) * (a[k * size + j] as number);
      into[i * size + j] = sum / norm / norm;
    }
}

/** A predicted path that comes this close to rest, or this far from the origin, is long enough. */
const rest = 1e-5;
const gone = 60;

/** What the steps lead to by formula, `from` included. */
export function predict(
  step: ToyStepper,
  from: ToyPoint,
  clock: ToyClock,
  most: number,
): readonly ToyPoint[] {
  const path = [from];
  let here = from;
  for (let k = 0; k < most; k++) {
    const next = step(here, { ...clock, step: clock.step + k });
    if (!Number.isFinite(next.alpha + next.w)) break;
    path.push(next);
    const moved = Math.abs(next.alpha - here.alpha) + Math.abs(next.w - here.w);
    if (moved + Math.abs(next.y - here.y) < rest || Math.abs(next.alpha) + Math.abs(next.w) > gone)
      break;
    here = next;
  }
  return path;
}
