/** @file A fixture as one of this project's supernets, with its weights, α and batches as plain numbers. */
import { type Tensor, tensor1d, tensor2d, tensor4d, transpose } from "@tensorflow/tfjs-core";
import type { Batch, Split, Supernet, Task } from "../../src/engine/problem.ts";
import { dartsConv } from "../../src/engine/spaces/darts-conv.ts";
import { recurrent } from "../../src/engine/spaces/recurrent.ts";
import { crossEntropy } from "../../src/engine/tasks/cross-entropy.ts";
import {
  type ConvFixture,
  type Figures,
  type Fixture,
  FixtureError,
  type Named,
  type RecurrentFixture,
} from "./fixture.ts";

/** A supernet and the batches of one search step; every call makes new tensors, the caller's to free. */
export interface Subject {
  readonly net: Supernet;
  readonly task: Task;
  readonly batchSize: number;
  batch(split: Split): Batch;
}

/** Throws `FixtureError` where the fixture's network is not the one that its sizes make here. */
export function subjectOf(fixture: Fixture): Subject {
  const subject = fixture.space === "darts-conv" ? convolutional(fixture) : cell(fixture);
  const { groups } = subject.net;
  for (const { name, edges, ops } of groups) {
    if (String(ops) !== String(fixture.operations))
      throw new FixtureError(
        `${fixture.name}: its operations are ${fixture.operations.join(", ")}; α's columns here are ${ops.join(", ")}`,
      );
    check(fixture.name, `alpha.${name}`, fixture.alpha[name], [edges.length, ops.length]);
  }
  return subject;
}

/** Named weights in the order of the network's flat vector. Throws `FixtureError` if a name or a shape differs. */
export function flatten({ net }: Subject, named: Named, name: string): Float32Array {
  const { weights: slots, weightCount } = networkOf(net);
  const known = new Set(slots.map((slot) => slot.name));
  const unknown = Object.keys(named).find((key) => !known.has(key));
  if (unknown !== undefined)
    throw new FixtureError(`${name}: the network here has no weight "${unknown}"`);
  const flat = new Float32Array(weightCount);
  for (const slot of slots) {
    const figures = named[slot.name];
    check(name, slot.name, figures, slot.shape);
    flat.set(figures.values, slot.offset);
  }
  return flat;
}

function networkOf({ network, recurrent: cellNetwork }: Supernet) {
  const written = network ?? cellNetwork;
  if (!written) throw new Error("the space must give its network as data");
  return written;
}

function check(
  file: string,
  what: string,
  figures: Figures | undefined,
  shape: readonly number[],
): asserts figures is Figures {
  if (!figures) throw new FixtureError(`${file}: "${what}" is missing`);
  if (String(figures.shape) !== String(shape))
    throw new FixtureError(
      `${file}: "${what}" is (${figures.shape}); the network here has (${shape})`,
    );
}

/** Classification that has a loss, and no batches of its own. */
export const lossAlone: Task = {
  isClassifier: true,
  sample: () => {
    throw new Error("batches are given");
  },
  loss: (logits, { y }) => crossEntropy(logits, y),
  dispose: () => {},
};

function convolutional(fixture: ConvFixture): Subject {
  const { C, cells, nodes, batch, size, classes } = fixture.config;
  const net = dartsConv.supernet(
    { kind: "image", input: [size, size, 3], classes },
    { channels: C, cells, nodes },
  );
  const shape = [batch, 3, size, size] as const;
  for (const half of ["train", "valid"] as const) {
    check(fixture.name, `${half}.images`, fixture[half].images, shape);
    checkLabels(fixture.name, `${half}.labels`, fixture[half].labels, batch, classes);
  }
  return {
    net,
    task: lossAlone,
    batchSize: batch,
    batch(split) {
      const { images, labels } = fixture[split === "train" ? "train" : "valid"];
      const x = tensor4d(images.values, [...shape]);
      const turned: Tensor = transpose(x, [0, 2, 3, 1]);
      x.dispose();
      return { split, x: turned, y: tensor1d([...labels], "int32") };
    },
  };
}

function cell(fixture: RecurrentFixture): Subject {
  const { vocab, hidden, nodes, steps, batch } = fixture.config;
  const net = recurrent.supernet(
    { kind: "sequence", length: steps, vocabulary: vocab },
    { hidden, nodes },
  );
  const { tokens } = fixture;
  if (tokens.length !== steps + 1)
    throw new FixtureError(`${fixture.name}: "tokens" has ${tokens.length} rows, not steps + 1`);
  tokens.forEach((row, t) => {
    checkLabels(fixture.name, `tokens[${t}]`, row, batch, vocab);
  });
  return {
    net,
    task: lossAlone,
    batchSize: batch,
    batch(split) {
      const window = (first: number): Tensor =>
        tensor2d(
          Array.from({ length: batch * steps }, (_, i) => {
            const row = tokens[first + (i % steps)] as readonly number[];
            return row[Math.floor(i / steps)] as number;
          }),
          [batch, steps],
          "int32",
        );
      return { split, x: window(0), y: window(1) };
    },
  };
}

function checkLabels(
  file: string,
  what: string,
  labels: readonly number[],
  count: number,
  classes: number,
): void {
  if (labels.length !== count)
    throw new FixtureError(`${file}: "${what}" has ${labels.length} numbers, not ${count}`);
  const wrong = labels.find((label) => label >= classes);
  if (wrong !== undefined)
    throw new FixtureError(`${file}: "${what}" has ${wrong}; there are ${classes} classes`);
}
