/** @file The identity, or what comes closest to it at half the resolution. */
import { factorizedReduce } from "./factorized-reduce.ts";
import type { CandidateOp } from "./op.ts";

/** Identity at stride 1, factorised reduce at stride 2. */
export const skipConnect: CandidateOp = {
  id: "skip_connect",
  label: "skip",
  write: (builder, x, { channels, stride, name }) =>
    stride === 1 ? x : factorizedReduce(builder, x, channels, name),
};
