/** @file Registry of candidate operations. */
import { dilConv3, dilConv5 } from "./dil-conv.ts";
import { none } from "./none.ts";
import { norConv1, norConv3 } from "./nor-conv.ts";
import type { CandidateOp } from "./op.ts";
import { avgPool, maxPool } from "./pool.ts";
import { sepConv3, sepConv5 } from "./sep-conv.ts";
import { skipConnect } from "./skip-connect.ts";

const registry: readonly CandidateOp[] = [
  none,
  maxPool,
  avgPool,
  skipConnect,
  sepConv3,
  sepConv5,
  dilConv3,
  dilConv5,
  norConv1,
  norConv3,
];

/** The candidates of these ids, in this order. Throws if there is none of a name. */
export const opsNamed = (ids: readonly string[]): readonly CandidateOp[] =>
  ids.map((id) => {
    const op = registry.find((o) => o.id === id);
    if (!op) throw new Error(`no op "${id}"; there are ${registry.map((o) => o.id).join(", ")}`);
    return op;
  });
