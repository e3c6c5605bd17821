/** @file The pooling candidates. */
import type { CandidateOp } from "./op.ts";

const pool = (id: string, label: string, reduce: "max" | "average"): CandidateOp => ({
  id,
  label,
  write(builder, x, { stride }) {
    const pooled = builder.pool(x, reduce, stride);
    // The norm belongs to the search; DARTS's evaluation network has none here.
    return builder.purpose === "search" ? builder.norm(pooled) : pooled;
  },
});

/** 3×3 maximum, then norm while searching. */
export const maxPool: CandidateOp = pool("max_pool_3x3", "max pool 3×3", "max");
/** 3×3 mean over the pixels inside the image, then norm while searching. */
export const avgPool: CandidateOp = pool("avg_pool_3x3", "average pool 3×3", "average");
/** NAS-Bench-201's, which has no norm in the search either. */
export const plainAvgPool: CandidateOp = {
  ...avgPool,
  write: (builder, x, { stride }) => builder.pool(x, "average", stride),
};
