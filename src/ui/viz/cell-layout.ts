/** @file Where a cell's nodes stand: constants, so that two lanes can be compared at a glance and nothing jitters. */
import type { AlphaGroup } from "../../protocol/spec.ts";
import { namesInputs } from "./cell-names.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}
/** The drawing's size and the sizes of its marks, in the units of its viewBox. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly nodeRadius: number;
  /** Width of a rope: one, in units of softmax weight. */
  readonly rope: number;
  /** Width to which a rope tapers where it meets a node. */
  readonly port: number;
  readonly nodeType: number;
  /** Of the subscripts of names. */
  readonly subType: number;
  /** Which way the cell is read. */
  readonly flow: "right" | "down";
}
/** One lane alone. */
export const wideFrame: Frame = {
  width: 718,
  height: 372,
  nodeRadius: 22,
  rope: 20,
  port: 8,
  nodeType: 18,
  subType: 12,
  flow: "right",
};
/** Two lanes side by side: drawn 1:1, so that type keeps its size. */
export const narrowFrame: Frame = {
  width: 355,
  height: 300,
  nodeRadius: 19,
  rope: 13,
  port: 6,
  nodeType: 14,
  subType: 12,
  flow: "right",
};
/** One of two lanes for a class: drawn larger than 1:1, so that subscripts may be small in it. */
export const classFrame: Frame = { ...narrowFrame, subType: 11 };
/** A phone held upright: the cell runs from top to bottom. */
export const tallFrame: Frame = {
  width: 350,
  height: 480,
  nodeRadius: 18,
  rope: 14,
  port: 6,
  nodeType: 14,
  subType: 12,
  flow: "down",
};

/** Below this width, in px, a stage gets the narrow frame. */
const narrowBelow = 520;
/** For a class, below this: at 18 px and more its least type can be read from the last row. */
const narrowInClassBelow = (18 / wideFrame.subType) * wideFrame.width;

/** From this height on, as a share of its width, a narrow stage is read downwards. */
const tallFrom = 1.25;

/** The frame for a stage of `width` × `height` px, 0 before it is measured; `isInClass` is read from afar. */
export function frameFor(width: number, height: number, isInClass = false): Frame {
  if (width === 0 || width >= (isInClass ? narrowInClassBelow : narrowBelow)) return wideFrame;
  if (height >= tallFrom * width) return tallFrame;
  return isInClass ? classFrame : narrowFrame;
}

/**
 * The frame's height on a stage of `width` × `height` px. A low stage makes it flatter, not smaller, as long as the rows
 * of nodes stay apart: type keeps its size. In steps of 10, so that resizing seldom moves anything.
 */
export function fittingHeight(frame: Frame, width: number, height: number): number {
  if (width === 0 || height === 0) return frame.height;
  const fitting = Math.floor((frame.width * height) / width / 10) * 10;
  return Math.min(frame.height, Math.max(0.65 * frame.height, fitting));
}

export interface CellLayout {
  readonly frame: Frame;
  /** By node number. */
  readonly nodes: readonly Point[];
  /** The concatenation, where the cell has named inputs. */
  readonly output?: Point;
}

/** Inputs first, computed nodes zigzag along the frame's flow, output last; any number of each. */
export function cellLayout(group: AlphaGroup, frame: Frame): CellLayout {
  const at = (along: number, across: number): Point =>
    frame.flow === "right"
      ? { x: along * frame.width, y: across * frame.height }
      : { x: across * frame.width, y: along * frame.height };
  const zigzag = (i: number) => (i % 2 === 0 ? 0.3 : 0.7);
  const { nodes, inputs } = group;
  if (!namesInputs(group)) {
    // The first node is the input and the last one the output, as in NAS-Bench-201.
    const step = 0.88 / Math.max(1, nodes - 1);
    const isEnd = (i: number) => i === 0 || i === nodes - 1;
    return {
      frame,
      nodes: Array.from({ length: nodes }, (_, i) =>
        at(0.06 + i * step, isEnd(i) ? 0.5 : zigzag(i - 1)),
      ),
    };
  }
  const computed = nodes - inputs;
  // Few nodes keep together, in the middle between input and output.
  const step = computed > 1 ? Math.min(0.54 / (computed - 1), 0.3) : 0;
  const first = 0.53 - (step * (computed - 1)) / 2;
  return {
    frame,
    nodes: Array.from({ length: nodes }, (_, i) =>
      i < inputs
        ? at(0.06, 0.26 + (0.48 * i) / (inputs - 1))
        : at(first + (i - inputs) * step, zigzag(i - inputs)),
    ),
    output: at(0.95, 0.5),
  };
}
