/** @file A made-up task of sequences: five tokens that mostly count upwards, small enough for tests. */

import { createRng } from "../../src/engine/core/rng.ts";
import type { TaskDefinition } from "../../src/engine/problem.ts";
import { sequenceTask } from "../../src/engine/tasks/sequence.ts";

const characters = [..."\nabcd"];
const half = (name: string) => {
  const jumps = createRng(3).fork(name).uniform(60);
  let at = 0;
  return Uint16Array.from(jumps, (u) => {
    at = (at + (u < 0.8 ? 1 : 2)) % characters.length;
    return at;
  });
};

/** Windows of three tokens. */
export const letters: TaskDefinition = {
  id: "letters",
  label: "Letters",
  summary: "Letters that mostly follow the alphabet.",
  reference: "made for tests",
  hyper: {},
  signature: { kind: "sequence", length: 3, vocabulary: characters.length },
  open: async () => sequenceTask({ characters, train: half("train"), val: half("val") }, 3),
};
