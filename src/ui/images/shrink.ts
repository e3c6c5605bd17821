/** @file Any image → the small square that a network reads: centre crop, then the mean of what each pixel covers. */

/** What of one side a small pixel covers: whole and partial pixels with their weights. */
interface Cover {
  readonly from: number;
  readonly weights: readonly number[];
}

/**
 * Averages the square in the middle of an image; every pixel counts by the area that it shares with the small one, and
 * images smaller than `size` are enlarged by the same rule. Whatever is transparent is laid on white.
 * @param rgba (height, width, 4) bytes, red, green, blue, opacity
 * @returns (size, size, 3) bytes
 */
export function shrink(
  rgba: Uint8Array | Uint8ClampedArray,
  width: number,
  height: number,
  size: number,
): Uint8Array {
  const side = Math.min(width, height);
  const left = (width - side) >> 1;
  const top = (height - side) >> 1;
  const covers = Array.from({ length: size }, (_, i) => coverOf(i, side / size, side));
  const out = new Uint8Array(size * size * 3);
  for (const [y, rows] of covers.entries())
    for (const [x, columns] of covers.entries()) {
      let [red, green, blue] = [0, 0, 0];
      for (const [i, down] of rows.weights.entries())
        for (const [j, across] of columns.weights.entries()) {
          const at = 4 * ((top + rows.from + i) * width + left + columns.from + j);
          const opacity = (rgba[at + 3] as number) / 255;
          const weight = down * across;
          const onWhite = (channel: number) =>
            weight * ((rgba[at + channel] as number) * opacity + 255 * (1 - opacity));
          red += onWhite(0);
          green += onWhite(1);
          blue += onWhite(2);
        }
      out.set([Math.round(red), Math.round(green), Math.round(blue)], 3 * (y * size + x));
    }
  return out;
}

/** The pixels of a side that small pixel `i` covers, `scale` wide; weights add up to 1. */
function coverOf(i: number, scale: number, side: number): Cover {
  const begin = i * scale;
  const end = begin + scale;
  const from = Math.floor(begin);
  const to = Math.min(side, Math.ceil(end));
  const weights = Array.from(
    { length: to - from },
    (_, k) => (Math.min(end, from + k + 1) - Math.max(begin, from + k)) / scale,
  );
  return { from, weights };
}
