/** @file The pooling candidates. */
import type { CandidateOp } from "./op.ts";

const pool = (id: string, label: string, reduce: "max" | "average"): CandidateOp => ({
  id,
  label,
  // The norm belongs to the search; DARTS's evaluation network has none here.
  write: (builder, x, { stride }) => builder.norm(builder.pool(x, reduce, stride)),
});

/** 3×3 maximum, then norm. */
export const maxPool: CandidateOp = pool("max_pool_3x3", "max pool 3×3", "max");
/** 3×3 mean over the pixels inside the image, then norm. */
export const avgPool: CandidateOp = pool("avg_pool_3x3", "average pool 3×3", "average");
