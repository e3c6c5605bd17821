import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { drawMoves, type Move, normalise, still, writeImage } from "./augment.ts";

/** A 3×3 image whose red channel counts 10, 20, … 90, drawn on a scale that leaves bytes as they are. */
const pixels = Uint8Array.from({ length: 27 }, (_, i) => (i % 3 === 0 ? 10 * (i / 3 + 1) : 0));
const bytes = Float32Array.from({ length: 768 }, (_, i) => i % 256);
const red = (move: Move) => {
  const out = new Float32Array(27);
  writeImage(out, pixels, 3, bytes, move);
  return [...out].filter((_, i) => i % 3 === 0);
};

describe("an image", () => {
  it("is copied as it is without a move", () => {
    expect(red(still)).toEqual([10, 20, 30, 40, 50, 60, 70, 80, 90]);
  });
  it("is shifted, with black where nothing is left", () => {
    expect(red({ dy: 1, dx: -1, flip: false })).toEqual([0, 40, 50, 0, 70, 80, 0, 0, 0]);
  });
  it("is mirrored after it was shifted", () => {
    expect(red({ dy: 0, dx: 1, flip: true })).toEqual([0, 30, 20, 0, 60, 50, 0, 90, 80]);
  });
  it("has black, not the mean, outside: padding comes before normalising", () => {
    const out = new Float32Array(27);
    writeImage(out, pixels, 3, normalise([0.5, 0.4, 0.3], [0.25, 0.2, 0.1]), {
      dy: 3,
      dx: 0,
      flip: false,
    });
    expect(out[0]).toBeCloseTo(-2, 6);
    expect(out[1]).toBeCloseTo(-2, 6);
    expect(out[2]).toBeCloseTo(-3, 6);
  });
});

it("normalises bytes per channel", () => {
  const scale = normalise([0.5, 0.4, 0.3], [0.25, 0.2, 0.1]);
  expect([scale[255], scale[256], scale[512 + 51]].map((v) => v?.toFixed(5))).toEqual([
    "2.00000",
    "-2.00000",
    "-1.00000",
  ]);
});

it("draws every shift and both mirrorings about equally often, and the same for the same stream", () => {
  const moves = drawMoves(createRng(5), 5000, 2);
  expect(drawMoves(createRng(5), 5000, 2)).toEqual(moves);
  for (const axis of ["dy", "dx"] as const) {
    for (const shift of [-2, -1, 0, 1, 2]) {
      const share = moves.filter((move) => move[axis] === shift).length / 5000;
      expect(Math.abs(share - 0.2)).toBeLessThan(0.03);
    }
  }
  const flips = moves.filter((move) => move.flip).length / 5000;
  expect(Math.abs(flips - 0.5)).toBeLessThan(0.04);
});
