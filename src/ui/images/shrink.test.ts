/** @file Centre crop and area average: exact where areas are whole, mean-keeping where they are not. */
import { describe, expect, it } from "vitest";
import { shrink } from "./shrink.ts";

/** An image whose red is given, with green = blue = 0. */
const image = (width: number, height: number, red: (x: number, y: number) => number) =>
  Uint8Array.from({ length: width * height * 4 }, (_, i) => {
    const pixel = i >> 2;
    if (i % 4 === 3) return 255;
    return i % 4 === 0 ? red(pixel % width, Math.floor(pixel / width)) : 0;
  });
const reds = (small: Uint8Array) => Array.from(small).filter((_, i) => i % 3 === 0);

describe("shrink", () => {
  it("averages whole blocks", () => {
    const small = shrink(
      image(4, 4, (x, y) => (x < 2 ? 10 : 20) + (y % 2) * 100),
      4,
      4,
      2,
    );
    expect(reds(small)).toEqual([60, 70, 60, 70]);
    expect(small.length).toBe(2 * 2 * 3);
  });

  it("weighs a pixel that two share by its area", () => {
    // Three columns onto two: 1 + ½ pixels each.
    expect(
      reds(
        shrink(
          image(3, 3, (x) => [30, 60, 240][x] as number),
          3,
          3,
          2,
        ),
      ),
    ).toEqual([40, 180, 40, 180]);
  });

  it("takes the square in the middle", () => {
    const wide = shrink(
      image(8, 4, (x) => (x < 2 || x > 5 ? 255 : 50)),
      8,
      4,
      2,
    );
    expect(reds(wide)).toEqual([50, 50, 50, 50]);
    const tall = shrink(
      image(4, 8, (_, y) => (y < 2 || y > 5 ? 255 : 50)),
      4,
      8,
      2,
    );
    expect(reds(tall)).toEqual([50, 50, 50, 50]);
  });

  it("keeps the colour of an even image at any size, larger or smaller", () => {
    for (const side of [1, 2, 7, 15, 16, 17, 33, 100])
      expect(
        new Set(
          reds(
            shrink(
              image(side, side, () => 77),
              side,
              side,
              16,
            ),
          ),
        ),
      ).toEqual(new Set([77]));
  });

  it("lays what is transparent on white", () => {
    const clear = new Uint8Array(4 * 4 * 4);
    expect(Array.from(shrink(clear, 4, 4, 1))).toEqual([255, 255, 255]);
  });
});
