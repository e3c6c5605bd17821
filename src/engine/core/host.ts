/** @file Where tfjs's tensors are arrays at hand: its cpu backend, on which also WebAssembly's problems live. */
import { getBackend, type Tensor } from "@tensorflow/tfjs-core";

/** Whether tensors are arrays of this thread. */
export const isHost = (): boolean => getBackend() === "cpu";

/** A view of a tensor's own memory; only where `isHost`. */
export const valuesOf = (x: Tensor): Float32Array => x.dataSync<"float32">();
