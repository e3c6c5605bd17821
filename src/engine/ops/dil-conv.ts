/** @file The dilated convolutions. */
import { depthwiseSeparable } from "./depthwise-separable.ts";
import type { CandidateOp } from "./op.ts";

const dilConv = (kernel: 3 | 5): CandidateOp => ({
  id: `dil_conv_${kernel}x${kernel}`,
  label: `dilated ${kernel}×${kernel}`,
  write: (builder, x, place) => depthwiseSeparable(builder, x, place, kernel, 2),
});

/** Depthwise separable 3×3 with every second pixel of a 5×5 window, weights `.dw .pw`. */
export const dilConv3: CandidateOp = dilConv(3);
/** The same with 5×5 out of a 9×9 window. */
export const dilConv5: CandidateOp = dilConv(5);
