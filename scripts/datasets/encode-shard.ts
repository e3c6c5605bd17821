/** @file Labels and pixels → one compressed shard, the inverse of the engine's `readShard`. */
import { deflateSync } from "fflate";
import { type ImageShard, OFFSET, predict } from "../../src/engine/tasks/formats/shard.ts";

/** Compresses images of size × size; the same images give the same bytes on every machine. */
export function encodeShard({ labels, pixels }: ImageShard, size: number): Uint8Array {
  const area = size * size;
  const n = labels.length * area;
  const planes = new Uint8Array(3 * n);
  for (let i = 0; i < n; i++) {
    const green = pixels[3 * i + 1] as number;
    planes[i] = green;
    planes[n + i] = (pixels[3 * i] as number) - green + OFFSET;
    planes[2 * n + i] = (pixels[3 * i + 2] as number) - green + OFFSET;
  }
  const raw = new Uint8Array(labels.length + 3 * n);
  raw.set(labels);
  for (let start = 0; start < 3 * n; start += area) {
    const plane = planes.subarray(start, start + area);
    for (let at = 0; at < area; at++) {
      raw[labels.length + start + at] = (plane[at] as number) - predict(plane, at, size);
    }
  }
  return deflateSync(raw, { level: 9 });
}
