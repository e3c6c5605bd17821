/** @file The fast loops of the recurrent supernet against the reference. */
import { type Tensor, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { bindRecurrent, bindRecurrentWasm } from "../src/engine/bind/recurrent.ts";
import { bindReference } from "../src/engine/bind/reference.ts";
import { createRng } from "../src/engine/core/rng.ts";
import type { Batch, Bind, Mixture, Supernet } from "../src/engine/problem.ts";
import { recurrent } from "../src/engine/spaces/recurrent.ts";
import { sequenceTask } from "../src/engine/tasks/sequence.ts";
import { distance } from "./support/matrices.ts";

const task = sequenceTask({ characters: [], train: new Uint16Array(), val: new Uint16Array() }, 0);
const binds: [string, Bind][] = [
  ["plain loops", bindRecurrent],
  ["WebAssembly", bindRecurrentWasm],
];
beforeAll(async () => {
  await selectBackend("cpu");
});
const read = (x: Tensor | undefined) => Float32Array.from((x as Tensor).dataSync());
/** (length + 1, batch) → the batch (batch, length) and what follows. */
function batchOf(rows: readonly (readonly number[])[]): Batch {
  const columns = (part: typeof rows) =>
    tensor2d(
      (part[0] ?? []).map((_, n) => part.map((row) => row[n] as number)),
      undefined,
      "int32",
    );
  return { split: "train", x: columns(rows.slice(0, -1)), y: columns(rows.slice(1)) };
}

describe.each(binds)("%s against the reference", (_, bind) => {
  const signature = { kind: "sequence", length: 4, vocabulary: 7 } as const;
  const rng = createRng(5);
  const rows = Array.from({ length: 5 }, (_, t) =>
    Array.from(rng.fork(t).uniform(6), (u) => Math.floor(7 * u)),
  );
  const size = { hidden: 5, nodes: 3 };
  const path = { recurrent: [[1, 3], [], [0, 2], [0], [4], [1, 2, 3, 4]] };
  const genotype = {
    recurrent: [
      { from: 0, to: 1, op: "tanh" },
      { from: 0, to: 2, op: "identity" },
      { from: 2, to: 3, op: "sigmoid" },
    ],
  };
  it.each([
    ["all candidates", recurrent.supernet(signature, size), undefined],
    ["some candidates", recurrent.supernet(signature, size), path],
    ["a derived cell", recurrent.derived?.(signature, size, genotype) as Supernet, undefined],
  ])("agrees on %s, for each gradient alone and together", async (_, net, active) => {
    const [slow, fast] = [await bindReference(net, task, 6), await bind(net, task, 6)];
    tidy(() => {
      const batch = batchOf(rows);
      const weights = net.initWeights(rng);
      const relaxed = net.relax({ recurrent: tensor2d(rng.normal(30), [6, 5]) });
      const mixture: Mixture = active ? { ...relaxed, active } : relaxed;
      const want = slow.lossAndGrad(weights, mixture, batch, "both");
      for (const wrt of ["both", "weights", "mixture"] as const) {
        const found = fast.lossAndGrad(weights, mixture, batch, wrt);
        expect(read(found.loss)[0]).toBeCloseTo(read(want.loss)[0] as number, 5);
        const pairs = [
          [found.weights?.["weights"], want.weights["weights"]],
          [found.mixture?.["recurrent"], want.mixture["recurrent"]],
        ] as const;
        expect(pairs.map(([tensor]) => tensor !== undefined)).toEqual([
          wrt !== "mixture",
          wrt !== "weights",
        ]);
        for (const [tensor, wanted] of pairs)
          if (tensor) expect(distance(read(tensor), read(wanted))).toBeLessThan(1e-5);
      }
      const [a, b] = [fast.score?.(weights, mixture, batch), slow.score?.(weights, mixture, batch)];
      expect(read(a?.correct)).toEqual(read(b?.correct));
    });
  });
});
