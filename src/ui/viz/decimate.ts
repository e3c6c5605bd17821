/** @file A series of any length as columns of a few px: its smallest and largest value in each are never lost. */

/** What a series does within one column. */
export interface Column {
  /** In px: the mean of the points that fall here. */
  readonly x: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
}

/**
 * Columns from left to right, cut into unbroken stretches wherever a value is not finite. Points come in ascending
 * `x` (px); a column holds all points with the same ⌊x / wide⌋.
 */
export function decimate(
  count: number,
  x: (i: number) => number,
  value: (i: number) => number,
  wide = 1,
): readonly (readonly Column[])[] {
  const stretches: Column[][] = [];
  let stretch: Column[] = [];
  let [column, n, sumX, sum, min, max] = [0, 0, 0, 0, 0, 0];
  const closeColumn = () => {
    if (n > 0) stretch.push({ x: sumX / n, min, max, mean: sum / n });
    n = 0;
  };
  const closeStretch = () => {
    closeColumn();
    if (stretch.length > 0) stretches.push(stretch);
    stretch = [];
  };
  for (let i = 0; i < count; i++) {
    const [px, v] = [x(i), value(i)];
    if (!Number.isFinite(v) || !Number.isFinite(px)) {
      closeStretch();
      continue;
    }
    if (n > 0 && Math.floor(px / wide) !== column) closeColumn();
    if (n === 0) {
      [column, sumX, sum, min, max] = [Math.floor(px / wide), 0, 0, v, v];
    }
    n++;
    sumX += px;
    sum += v;
    if (v < min) min = v;
    if (v > max) max = v;
  }
  closeStretch();
  return stretches;
}

/** Points of a trail that lie at least `apart` px from the one kept before; the first and the last always stay. */
export function thinTrail<P extends { readonly x: number; readonly y: number }>(
  points: readonly P[],
  apart: number,
): readonly P[] {
  const kept: P[] = [];
  for (const [i, point] of points.entries()) {
    const before = kept.at(-1);
    const isFar = !before || Math.hypot(point.x - before.x, point.y - before.y) >= apart;
    if (isFar || i === points.length - 1) kept.push(point);
  }
  return kept;
}
