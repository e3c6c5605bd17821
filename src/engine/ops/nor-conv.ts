/** @file The plain convolutions of NAS-Bench-201 (arXiv:2001.00326). */
import type { CandidateOp } from "./op.ts";
import { reluConvBn } from "./relu-conv-bn.ts";

const norConv = (kernel: 1 | 3): CandidateOp => ({
  id: `nor_conv_${kernel}x${kernel}`,
  label: `convolution ${kernel}×${kernel}`,
  write: (builder, x, { channels, stride, name }) =>
    reluConvBn(builder, x, channels, name, { kernel, stride }),
});

/** ReLU, dense 1×1 convolution (weight `.w`), norm. */
export const norConv1: CandidateOp = norConv(1);
/** The same with 3×3 windows. */
export const norConv3: CandidateOp = norConv(3);
