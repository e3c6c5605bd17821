import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeShard } from "../../../../scripts/datasets/encode-shard.ts";
import { DatasetError } from "../../errors.ts";
import { checksum, readShard } from "./shard.ts";

const entryOf = (bytes: Uint8Array, count: number, size: number) => ({
  file: "x.bin",
  count,
  bytes: bytes.length,
  rawBytes: count * (1 + 3 * size * size),
  sha256: checksum(bytes),
});

it('agrees with the published digest of "abc"', () => {
  expect(checksum(new TextEncoder().encode("abc"))).toBe(
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
  );
});

it("gives back every image and label that was encoded", () => {
  const shards = fc
    .record({ size: fc.integer({ min: 1, max: 5 }), count: fc.integer({ min: 1, max: 4 }) })
    .chain(({ size, count }) =>
      fc.record({
        size: fc.constant(size),
        labels: fc.uint8Array({ minLength: count, maxLength: count }),
        pixels: fc.uint8Array({
          minLength: count * 3 * size * size,
          maxLength: count * 3 * size * size,
        }),
      }),
    );
  fc.assert(
    fc.property(shards, ({ size, labels, pixels }) => {
      const bytes = encodeShard({ labels, pixels }, size);
      const decoded = readShard("x.bin", bytes, entryOf(bytes, labels.length, size), size);
      expect(decoded).toEqual({ labels, pixels });
    }),
  );
});

it("names the file, both byte counts and both checksums of a damaged shard", () => {
  const labels = Uint8Array.of(0, 1);
  const bytes = encodeShard({ labels, pixels: new Uint8Array(2 * 3 * 4) }, 2);
  const entry = entryOf(bytes, 2, 2);
  const damaged = bytes.slice();
  damaged[3] = (damaged[3] as number) ^ 1;
  for (const found of [damaged, bytes.slice(0, -1)]) {
    const read = () => readShard("folder/x.bin", found, entry, 2);
    expect(read).toThrow(DatasetError);
    expect(read).toThrow(
      `folder/x.bin is damaged: expected ${bytes.length} bytes with SHA-256 ${entry.sha256}, ` +
        `found ${found.length} bytes with SHA-256 ${checksum(found)}`,
    );
  }
});

it("refuses a shard of another length than its manifest says", () => {
  const bytes = encodeShard({ labels: Uint8Array.of(0), pixels: new Uint8Array(12) }, 2);
  const read = () => readShard("x.bin", bytes, { ...entryOf(bytes, 1, 2), rawBytes: 26 }, 2);
  expect(read).toThrow("x.bin inflates to 13 bytes; its manifest says 26");
});
