/** @file What a candidate operation is: a name from the paper and the layers it stands for. */
import type { NetworkBuilder } from "../network/builder.ts";
import type { Value } from "../network/network.ts";

/** Where a candidate stands: on an edge of `channels` channels, into a node at 1/`stride` of the resolution. */
export interface Place {
  readonly channels: number;
  readonly stride: 1 | 2;
  /** The path under which it keeps its weights: `cells.0.edges.3.4`. */
  readonly name: string;
}

/** One candidate of a mixed op, channels in = channels out. Holds no weights and does no arithmetic. */
export interface CandidateOp {
  /** The paper's spelling: "sep_conv_3x3". */
  readonly id: string;
  /** As a person reads it: "separable 3×3". */
  readonly label: string;
  /** Appends its layers on top of `x` and returns the last; undefined if it yields zero. */
  write(builder: NetworkBuilder, x: Value, place: Place): Value | undefined;
}
