import { describe, expect, it } from "vitest";
import { createRng } from "../core/rng.ts";
import { initialWeights } from "../network/init.ts";
import { recurrentNetwork } from "../network/recurrent.ts";
import { recurrentExecutor } from "./executor.ts";
import { generate } from "./generate.ts";

const network = recurrentNetwork("recurrent", {
  vocabulary: 5,
  length: 6,
  hidden: 6,
  nodes: 2,
  norm: true,
});
const rng = createRng(4);
const batch = 4;
const weights = initialWeights(network, rng).map((w) => 3 * w);
const mixture = new Float32Array(15).fill(0.2);
const prompt = [0, 1, 2, 3, 4, 0, 1, 3];
const draw = (temperature: number, seed = 1, count = 5) =>
  generate(network, { weights, mixture, prompt, batch, count, temperature, rng: createRng(seed) });

describe("generate", () => {
  it("is a function of its seed", () => {
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(1, 2));
  });
  it("draws near temperature 0 the tokens that one pass over the whole finds likeliest", () => {
    const drawn = draw(1e-6);
    const inputs = Array.from({ length: batch }, (_, n) => [
      ...prompt.slice(2 * n, 2 * n + 2),
      ...drawn.slice(5 * n, 5 * n + 4),
    ]).flat();
    const logits = recurrentExecutor(network, batch).logits({ weights, mixture, inputs });
    for (let n = 0; n < batch; n++)
      for (let t = 0; t < 5; t++) {
        const at = ((t + 1) * batch + n) * 5;
        const row = [...logits.subarray(at, at + 5)];
        expect(row.indexOf(Math.max(...row))).toBe(drawn[5 * n + t]);
      }
  });
  it("draws everything alike at a great temperature", () => {
    const counts = new Array<number>(5).fill(0);
    for (const token of draw(1e6, 3, 500)) counts[token] = (counts[token] as number) + 1;
    for (const count of counts) expect(Math.abs(count / 2000 - 0.2)).toBeLessThan(0.04);
  });
});
