import fc from "fast-check";
import { expect, it } from "vitest";
import { plainMachine, wasmMachine } from "./machine.ts";
import type { Shape } from "./multiply.ts";

const side = fc.integer({ min: 1, max: 13 });
const shapes = fc
  .record({
    rows: side,
    inner: side,
    columns: fc.integer({ min: 1, max: 21 }),
    isTurned: fc.boolean(),
  })
  .map(({ isTurned, ...shape }): Shape => ({ ...shape, ...(isTurned && { turned: true }) }));

it("adds the product that the definition gives, in plain loops and in WebAssembly", async () => {
  await fc.assert(
    fc.asyncProperty(shapes, async (shape) => {
      const { rows, inner, columns, turned } = shape;
      // Small whole numbers: every order of summation gives the same float.
      const a = (r: number, i: number) => ((3 * r + 5 * i) % 7) - 3;
      const b = (i: number, k: number) => ((2 * i + 3 * k) % 5) - 2;
      const want = Array.from({ length: rows * columns }, (_, at) => {
        const [r, k] = [Math.floor(at / columns), at % columns];
        return Array.from({ length: inner }, (_, i) => a(r, i) * b(i, k)).reduce(
          (x, y) => x + y,
          1,
        );
      });
      for (const machine of [plainMachine, await wasmMachine(16_384, [shape])]) {
        const [c, left, right] = [
          machine.allocate(rows * columns).fill(1),
          machine.allocate(rows * inner),
          machine.allocate(inner * columns),
        ];
        for (let r = 0; r < rows; r++)
          for (let i = 0; i < inner; i++) left[turned ? i * rows + r : r * inner + i] = a(r, i);
        for (let i = 0; i < inner; i++)
          for (let k = 0; k < columns; k++) right[i * columns + k] = b(i, k);
        machine.multiplyAdd(c, left, right, shape);
        expect([...c]).toEqual(want);
      }
    }),
    { numRuns: 100 },
  );
});
