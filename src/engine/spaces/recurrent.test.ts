import { tensor1d, tensor2d, tidy } from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../backend/index.ts";
import { createRng } from "../core/rng.ts";
import { SpecError } from "../errors.ts";
import { recurrentNetwork } from "../network/recurrent.ts";
import { forwardRecurrent } from "../reference/recurrent.ts";
import { recurrent } from "./recurrent.ts";

const signature = { kind: "sequence", length: 3, vocabulary: 6 } as const;
const size = { hidden: 4, nodes: 3 };
const edge = (from: number, to: number, op: string) => ({ from, to, op });
const genotype = { recurrent: [edge(0, 1, "relu"), edge(1, 2, "tanh"), edge(1, 3, "identity")] };

beforeAll(async () => {
  await selectBackend("cpu");
});

describe("recurrent", () => {
  it("has the paper's candidates on the paper's edges", () => {
    const { groups } = recurrent.supernet(signature, { hidden: 4, nodes: 8 });
    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({ nodes: 9, inputs: 1 });
    expect(groups[0]?.edges).toHaveLength(36);
    expect(groups[0]?.ops).toEqual(["none", "tanh", "relu", "sigmoid", "identity"]);
  });
  it("derives one predecessor a node, never none, and prints it as the official code does", () => {
    const alpha = new Float32Array(30);
    alpha.set([9, 0, 1, 0, 0], 0); // 0→1: none leads, then relu
    alpha.set([0, 0, 0, 2, 0], 10); // 1→2: sigmoid
    alpha.set([9, 1, 0, 0, 0], 15); // 0→3: nearly all none
    alpha.set([0, 0.1, 0, 0, 0], 20); // 1→3: hardly decided, and yet stronger
    const { text } = recurrent.supernet(signature, size).derive({ recurrent: alpha });
    expect(text).toBe(
      "Genotype(recurrent=[('relu', 0), ('sigmoid', 1), ('tanh', 1)], concat=range(1, 4))",
    );
  });
  it("trains a genotype as the supernet's one-hot mixture, without batch norm", () => {
    const net = recurrent.derived?.(signature, size, genotype);
    const plain = recurrentNetwork("recurrent", { ...signature, ...size, norm: false });
    const rows = [2, 0, 1, 0, 4, 0].map((op) =>
      [0, 1, 2, 3, 4].map((o) => (op && o === op ? 1 : 0)),
    );
    tidy(() => {
      const weights = net?.initWeights(createRng(1)) ?? {};
      const alpha = net?.initAlpha(createRng(1)) ?? {};
      const x = tensor2d([0, 1, 2, 3, 4, 5], [2, 3], "int32");
      const own = net?.forward(weights, net.relax(alpha), x).dataSync() ?? [];
      const flat = tensor1d(weights["weights"]?.dataSync() ?? []);
      const want = forwardRecurrent(plain, flat, { weights: { recurrent: tensor2d(rows) } }, x);
      want.dataSync().forEach((logit, i) => {
        expect(own[i]).toBeCloseTo(logit, 5);
      });
      expect(
        net?.derive({ recurrent: alpha["recurrent"]?.dataSync() as Float32Array }).groups,
      ).toEqual(genotype);
    });
  });
  it.each([
    ["two predecessors", [...genotype.recurrent, edge(0, 2, "relu")], "node 2 has 2 predecessors"],
    ["no predecessor", genotype.recurrent.slice(0, 2), "node 3 has 0 predecessors"],
    ["none", [edge(0, 1, "none"), ...genotype.recurrent.slice(1)], "or none as its operation"],
    ["an unknown op", [edge(0, 1, "gelu")], 'op "gelu"'],
  ])("refuses a genotype with %s", (_, edges, message) => {
    const derive = () => recurrent.derived?.(signature, size, { recurrent: edges });
    expect(derive).toThrow(SpecError);
    expect(derive).toThrow(message);
  });
});
