/** @file Windows over an image as shifted copies of it: slices and reshapes, whose gradients are right on every backend. */
import { pad, reshape, slice, type Tensor4D } from "@tensorflow/tfjs-core";

/** 1 for rows, 2 for columns, of (batch, height, width, channels). */
type Axis = 1 | 2;

interface Windows {
  readonly kernel: number;
  readonly dilation: number;
  readonly stride: 1 | 2;
}

/**
 * Surrounds an image with (kernel − 1)/2 · dilation entries of `value`; at stride 2 also with what makes both sides
 * even, which no window reads.
 */
export function padded(
  x: Tensor4D,
  { kernel, dilation, stride }: Windows,
  value: number,
): Tensor4D {
  const [, height, width] = x.shape;
  const margin = ((kernel - 1) / 2) * dilation;
  const margins = (side: number): [number, number] => [margin, margin + (side % stride)];
  return pad(x, [[0, 0], margins(height), margins(width), [0, 0]], value);
}

/**
 * `kernel` views of a padded image along one axis, each ⌈side/stride⌉ long for the side before padding: view i holds
 * the entry i of every window.
 */
export function taps(
  x: Tensor4D,
  axis: Axis,
  { kernel, dilation, stride }: Windows,
  length: number,
): Tensor4D[] {
  const phases = stride === 1 ? [x] : [everySecond(x, axis, 0), everySecond(x, axis, 1)];
  return Array.from({ length: kernel }, (_, i) => {
    const offset = i * dilation;
    const phase = phases[offset % stride] as Tensor4D;
    const begin = [0, 0, 0, 0];
    const size = [...phase.shape];
    begin[axis] = Math.floor(offset / stride);
    size[axis] = length;
    return slice(phase, begin, size);
  });
}

/** Every second entry of an even axis, from `offset`. tfjs's stridedSlice has no gradient (4.22). */
export function everySecond(x: Tensor4D, axis: Axis, offset: number): Tensor4D {
  const shape = [...x.shape] as [number, number, number, number];
  const half = shape[axis] / 2;
  const outer = shape.slice(0, axis).reduce((a, b) => a * b, 1);
  const inner = shape.slice(axis + 1).reduce((a, b) => a * b, 1);
  const pairs = reshape(x, [outer, half, 2 * inner]);
  shape[axis] = half;
  return reshape(slice(pairs, [0, 0, offset * inner], [outer, half, inner]), shape);
}
