/** @file The separable convolutions. */
import { depthwiseSeparable } from "./depthwise-separable.ts";
import type { CandidateOp } from "./op.ts";

/** The block is applied twice, as in NASNet; only its first half strides. */
const sepConv = (kernel: 3 | 5): CandidateOp => ({
  id: `sep_conv_${kernel}x${kernel}`,
  label: `separable ${kernel}×${kernel}`,
  write(builder, x, place) {
    const first = depthwiseSeparable(builder, x, { ...place, name: `${place.name}.0` }, kernel, 1);
    const second = { ...place, stride: 1, name: `${place.name}.1` } as const;
    return depthwiseSeparable(builder, first, second, kernel, 1);
  },
});

/** Two depthwise separable 3×3 convolutions, weights `.0.dw .0.pw .1.dw .1.pw`. */
export const sepConv3: CandidateOp = sepConv(3);
/** The same with 5×5 windows. */
export const sepConv5: CandidateOp = sepConv(5);
