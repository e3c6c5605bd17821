/** @file Bugs of public implementations in derivation, operations and data, put in: the law holds without them and breaks with them. */
import {
  scalar,
  type Tensor,
  type Tensor2D,
  tensor1d,
  tensor2d,
  tensor4d,
  tidy,
} from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import { bindReference } from "../../src/engine/bind/reference.ts";
import type { Params } from "../../src/engine/core/params.ts";
import { createRng } from "../../src/engine/core/rng.ts";
import { createRun } from "../../src/engine/index.ts";
import { darts } from "../../src/engine/methods/darts.ts";
import { NetworkBuilder } from "../../src/engine/network/builder.ts";
import type { Network, Value } from "../../src/engine/network/network.ts";
import { opsNamed } from "../../src/engine/ops/index.ts";
import type { Mixture, SearchMethod, Supernet, Task } from "../../src/engine/problem.ts";
import { deriveStrongest } from "../../src/engine/spaces/derive.ts";
import { nb201 } from "../../src/engine/spaces/nb201.ts";
import { dartsRule, deriveEdges } from "../../src/genotype/derive.ts";
import type { AlphaGroup } from "../../src/protocol/spec.ts";
import { blobs } from "../support/blobs.ts";
import { distance, type Vector } from "../support/matrices.ts";
import { read, registry, specOf } from "../support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

describe("derivation", () => {
  const edge = (from: number) => ({ from, to: 2 });
  const group: AlphaGroup = {
    name: "normal",
    kind: "choice",
    nodes: 3,
    inputs: 2,
    edges: [edge(0), edge(1)],
    ops: ["none", "skip_connect", "sep_conv_3x3", "dil_conv_3x3"],
  };
  it("pt.darts#16: a flat row with a large α loses to a decided one, and wins by raw α", () => {
    const alpha = Float32Array.from([9, 9.1, 9, 9, 0, 1, -2, -2]);
    const byShare = deriveStrongest(group, alpha, 1).map(({ from }) => from);
    const byAlpha = group.edges
      .map((_, e) => ({ e, top: Math.max(...alpha.subarray(4 * e + 1, 4 * e + 4)) }))
      .sort((a, b) => b.top - a.top)
      .slice(0, 1)
      .map(({ e }) => e);
    expect(byShare).toEqual([1]);
    expect(byAlpha).toEqual([0]);
  });
  it("none is never kept by DARTS's rule, and is by a plain argmax", () => {
    const alpha = Float32Array.from([5, 1, 0, 0, 5, 0, 1, 0]);
    const kept = (none: "never" | "allowed") =>
      deriveEdges(group, alpha, { ...dartsRule(2), none }).map(({ op }) => group.ops[op]);
    expect(kept("never")).not.toContain("none");
    expect(kept("allowed")).toContain("none");
  });
});

describe("NASLib#86", () => {
  /** A builder that forgets one kind of layer. */
  class Forgetful extends NetworkBuilder {
    readonly #what: "norm" | "relu";
    constructor(what: "norm" | "relu") {
      super();
      this.#what = what;
    }
    override norm(x: Value, name?: string): Value {
      return this.#what === "norm" ? x : super.norm(x, name);
    }
    override relu(x: Value): Value {
      return this.#what === "relu" ? x : super.relu(x);
    }
  }
  const convolutions = [
    "sep_conv_3x3",
    "sep_conv_5x5",
    "dil_conv_3x3",
    "dil_conv_5x5",
    "nor_conv_1x1",
    "nor_conv_3x3",
  ];
  /** The candidate begins with a ReLU and ends with a norm. */
  const isFramed = ({ layers, output }: Network): boolean =>
    layers[1]?.kind === "relu" && layers[output]?.kind === "norm";
  const written = (id: string, builder: NetworkBuilder): Network => {
    const x = builder.input([2, 8, 8]);
    const value = opsNamed([id])[0]?.write(builder, x, { channels: 2, stride: 1, name: "op" });
    return builder.finish(value as Value);
  };
  it.each(convolutions)("%s is ReLU … norm, and is seen without either", (id) => {
    expect(isFramed(written(id, new NetworkBuilder()))).toBe(true);
    expect(isFramed(written(id, new Forgetful("relu")))).toBe(false);
    expect(isFramed(written(id, new Forgetful("norm")))).toBe(false);
  });
});

describe("tinyml-tensorlab#15", () => {
  /** Different images among the four validation batches of a run, of the train batches likewise, and in both. */
  async function seen(change: (task: Task) => Task) {
    const [train, val] = [new Set<string>(), new Set<string>()];
    const spy: SearchMethod = {
      ...(darts as unknown as SearchMethod),
      step(_, state, context) {
        train.add(String(context.train.x.dataSync()));
        val.add(String(context.val.x.dataSync()));
        return { state, report: { trainLoss: scalar(0), valLoss: scalar(0) } };
      },
    };
    const task = { ...blobs, open: async () => change(await blobs.open(read, {})) };
    using run = await createRun(specOf("darts", "darts-conv", "blobs"), {
      registry: { ...registry, methods: [spy], tasks: [task] },
      read,
      bind: bindReference,
    });
    await run.step(4);
    return { val: val.size, both: [...val].filter((x) => train.has(x)).length };
  }
  it("validation batches differ from step to step and from the training ones", async () => {
    expect(await seen((task) => task)).toEqual({ val: 4, both: 0 });
  });
  it("and would not with the first one at every step, or with the training one", async () => {
    const same = (task: Task): Task => ({
      ...task,
      sample: (split, draw) => task.sample(split, split === "val" ? { ...draw, step: 0 } : draw),
    });
    const other = (task: Task): Task => ({
      ...task,
      sample: (_, draw) => task.sample("train", draw),
    });
    expect((await seen(same)).val).toBe(1);
    expect((await seen(other)).both).toBe(4);
  });
  it("the derived network is the searched one, and is not with one operation swapped", () => {
    const size = { stages: 1, cells: 1, channels: 2, nodes: 3 };
    const [first, second, third] = ["nor_conv_3x3", "skip_connect", "nor_conv_1x1"] as const;
    const cell = (op: string) => ({
      cell: [
        { from: 0, to: 1, op },
        { from: 0, to: 2, op: second },
        { from: 1, to: 2, op: third },
      ],
    });
    const supernet = nb201.supernet(blobs.signature, size);
    const derived = nb201.derived?.(blobs.signature, size, cell(first)) as Supernet;
    tidy(() => {
      const x = tensor4d(createRng(6).normal(4 * 8 * 8 * 3), [4, 8, 8, 3]);
      const weights = supernet.initWeights(createRng(4));
      const inherited = { weights: tensor1d(inheritedBy(derived, supernet, weights)) };
      const logits = [...derived.forward(inherited, { weights: {} }, x).dataSync()];
      const searched = (op: string): Vector => [
        ...supernet.forward(weights, oneHot(supernet, cell(op)), x).dataSync(),
      ];
      expect(distance(logits, searched(first))).toBeLessThan(1e-5);
      expect(distance(logits, searched("avg_pool_3x3"))).toBeGreaterThan(1e-3);
    });
  });
});

/** A derived network's weights: the supernet's of the same name; norms of its own do nothing. */
function inheritedBy(derived: Supernet, supernet: Supernet, weights: Params): Float32Array {
  const [own, all] = [derived.network as Network, supernet.network as Network];
  const values = (weights["weights"] as Tensor).dataSync<"float32">();
  const out = new Float32Array(own.weightCount);
  for (const { name, offset, shape, init } of own.weights) {
    const size = shape.reduce((a, b) => a * b, 1);
    const from = all.weights.find((slot) => slot.name === name);
    if (from) out.set(values.subarray(from.offset, from.offset + size), offset);
    else out.fill(init.kind === "constant" ? init.value : Number.NaN, offset, offset + size);
  }
  return out;
}

function oneHot(
  { groups }: Supernet,
  genotype: Record<string, readonly { from: number; to: number; op: string }[]>,
): Mixture {
  const weights = groups.map(({ name, edges, ops }) => [
    name,
    tensor2d(
      edges.map(({ from, to }) =>
        ops.map((op) =>
          genotype[name]?.some((k) => k.from === from && k.to === to && k.op === op) ? 1 : 0,
        ),
      ),
    ),
  ]);
  return { weights: Object.fromEntries(weights) as Record<string, Tensor2D> };
}
