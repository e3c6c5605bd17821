/** @file One shard of images: compressed bytes → labels and pixels. ADR 0011 gives the layout. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { inflateSync } from "fflate";
import { DatasetError } from "../../errors.ts";
import type { ShardEntry } from "./manifest.ts";

/** Decoded images in the order of the file. */
export interface ImageShard {
  /** (count) */
  readonly labels: Uint8Array;
  /** (count, height, width, 3) red, green, blue from 0 to 255. */
  readonly pixels: Uint8Array;
}

/** SHA-256 as hexadecimal digits, in plain JavaScript: pages served without TLS have no `crypto.subtle`. */
export const checksum = (bytes: Uint8Array): string => bytesToHex(sha256(bytes));

/**
 * Checks a shard against its manifest entry and decodes it; images are size × size.
 * Throws `DatasetError` naming the file, with the byte count and checksum expected and found.
 */
export function readShard(
  file: string,
  bytes: Uint8Array,
  entry: ShardEntry,
  size: number,
): ImageShard {
  const found = checksum(bytes);
  if (bytes.length !== entry.bytes || found !== entry.sha256) {
    throw new DatasetError(
      `${file} is damaged: expected ${entry.bytes} bytes with SHA-256 ${entry.sha256}, ` +
        `found ${bytes.length} bytes with SHA-256 ${found}`,
    );
  }
  const raw = inflateSync(bytes);
  if (raw.length !== entry.rawBytes) {
    throw new DatasetError(
      `${file} inflates to ${raw.length} bytes; its manifest says ${entry.rawBytes}`,
    );
  }
  return {
    labels: raw.slice(0, entry.count),
    pixels: toPixels(raw.subarray(entry.count), entry.count, size),
  };
}

/** Residual planes (3, count, size, size) → pixels (count, size, size, 3). */
function toPixels(planes: Uint8Array, count: number, size: number): Uint8Array {
  for (let image = 0; image < 3 * count; image++) {
    const plane = planes.subarray(image * size * size, (image + 1) * size * size);
    for (let at = 0; at < plane.length; at++)
      plane[at] = (plane[at] as number) + predict(plane, at, size);
  }
  const n = count * size * size;
  const pixels = new Uint8Array(3 * n);
  for (let i = 0; i < n; i++) {
    const green = planes[i] as number;
    // Bytes wrap modulo 256 on assignment, which makes the differences reversible.
    pixels[3 * i] = (planes[n + i] as number) + green - OFFSET;
    pixels[3 * i + 1] = green;
    pixels[3 * i + 2] = (planes[2 * n + i] as number) + green - OFFSET;
  }
  return pixels;
}

/** Added to red − green and blue − green, so that small differences of either sign do not wrap. */
export const OFFSET = 128;

/**
 * What the pixel at row-major index `at` of a (size, size) plane is expected to be, from the pixels before it:
 * the median of left, above and left + above − corner (the predictor of LOCO-I, Weinberger et al. 2000, eq. 1).
 */
export function predict(plane: Uint8Array, at: number, size: number): number {
  if (at === 0) return OFFSET;
  const left = plane[at - 1] as number;
  if (at < size) return left;
  const above = plane[at - size] as number;
  if (at % size === 0) return above;
  const corner = plane[at - size - 1] as number;
  const low = Math.min(left, above);
  const high = Math.max(left, above);
  if (corner >= high) return low;
  return corner <= low ? high : left + above - corner;
}
