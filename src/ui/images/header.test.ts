/** @file Sizes as the formats write them; anything else, or less, is no image. */
import { expect, it } from "vitest";
import { readHeader } from "./header.ts";

const bytes = (...parts: readonly (string | readonly number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === "string" ? [...part].map((c) => c.charCodeAt(0)) : part,
    ),
  );
/** Each of 300 × 200 pixels. */
const heads = {
  png: bytes("\x89PNG\r\n\x1a\n", [0, 0, 0, 13], "IHDR", [0, 0, 1, 44, 0, 0, 0, 200]),
  gif: bytes("GIF89a", [44, 1, 200, 0]),
  bmp: bytes("BM", new Array(16).fill(0), [44, 1, 0, 0], [56, 255, 255, 255]),
  extended: bytes("RIFF____WEBPVP8X", new Array(8).fill(0), [43, 1, 0, 199, 0, 0]),
  lossless: bytes("RIFF____WEBPVP8L", [0, 0, 0, 0, 0x2f], [0x2b, 0xc1, 0x31, 0]),
  lossy: bytes("RIFF____WEBPVP8 ", new Array(10).fill(0), [44, 1, 200, 0]),
  jpeg: bytes("\xff\xd8\xff\xe0", [0, 4, 1, 1], "\xff\xff\xc2", [0, 11, 8, 0, 200, 1, 44]),
};

it.each(Object.entries(heads))("reads %s, and nothing from less of it", (_, head) => {
  expect(readHeader(head)).toEqual({ width: 300, height: 200 });
  for (let length = 0; length < head.length; length++)
    expect(readHeader(head.subarray(0, length))).toBeUndefined();
});

it("knows nothing else", () => {
  expect(readHeader(bytes("a text that is long enough to be read as a header"))).toBeUndefined();
  expect(readHeader(bytes("\xff\xd8\xff\xd9", [0, 0, 0, 0]))).toBeUndefined();
});
