/** @file CIFAR-10's binary files: one byte of label, then 1,024 bytes each of red, green and blue, row by row. */
import { count, Rejection } from "./limits.ts";
import { shrink } from "./shrink.ts";

/** Krizhevsky, Learning Multiple Layers of Features from Tiny Images, 2009: by label. */
export const cifarClasses: readonly string[] = [
  ...["airplane", "automobile", "bird", "cat", "deer"],
  ...["dog", "frog", "horse", "ship", "truck"],
];
const side = 32;
const plane = side * side;
const record = 1 + 3 * plane;

/** How many images such a file holds. Throws `Rejection` if it is not made of whole records. */
export function cifarCount(bytes: number): number {
  if (bytes === 0 || bytes % record !== 0)
    throw new Rejection(
      `has ${count(bytes)} bytes; CIFAR-10's binary files have a multiple of ${count(record)}`,
    );
  return bytes / record;
}

/** Labels (count) and images (count, size, size, 3) of a file. Throws `Rejection` naming the record that is none. */
export function readCifar(bytes: Uint8Array, size: number) {
  const images = cifarCount(bytes.length);
  const labels = new Uint8Array(images);
  const pixels = new Uint8Array(images * size * size * 3);
  const rgba = new Uint8Array(4 * plane).fill(255);
  for (let i = 0; i < images; i++) {
    const at = i * record;
    const label = bytes[at] as number;
    if (label >= cifarClasses.length)
      throw new Rejection(
        `has label ${label} in record ${count(i)}; 0 to ${cifarClasses.length - 1} are allowed`,
      );
    labels[i] = label;
    for (let p = 0; p < plane; p++)
      for (let c = 0; c < 3; c++) rgba[4 * p + c] = bytes[at + 1 + c * plane + p] as number;
    pixels.set(shrink(rgba, side, side, size), i * size * size * 3);
  }
  return { labels, pixels };
}
