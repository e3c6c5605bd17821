/** @file The zero operation: a share of the mixture that goes nowhere. */
import type { CandidateOp } from "./op.ts";

/** "No edge" as a candidate (DARTS §2.1): it weakens an edge during the search and is never derived. */
export const none: CandidateOp = { id: "none", label: "none", write: () => undefined };
