/** @file A WebAssembly module of functions over one imported memory. */
import { bytesOf, unsigned } from "./encoding.ts";
import type { Fn } from "./function.ts";

const MAGIC = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/**
 * The bytes of a module that imports `env.memory` of `pages` pages, which may grow to `maximum` if it is shared, and
 * exports its functions as f0, f1, …
 */
export function assemble(
  functions: readonly Fn[],
  arity: number,
  pages: number,
  shared: boolean,
  maximum: number = pages,
): Uint8Array<ArrayBuffer> {
  const limits = shared
    ? [0x03, ...unsigned(pages), ...unsigned(maximum)]
    : [0x00, ...unsigned(pages)];
  const parts = [
    MAGIC,
    section(1, [[0x60, arity, ...new Array<number>(arity).fill(0x7f), 0]]),
    section(2, [[...text("env"), ...text("memory"), 2, ...limits]]),
    section(
      3,
      functions.map(() => [0]),
    ),
    section(
      7,
      functions.map((_, i) => [...text(`f${i}`), 0, ...unsigned(i)]),
    ),
    section(
      10,
      functions.map((f) => f.encode()),
    ),
  ];
  return bytesOf(parts);
}

function section(
  id: number,
  entries: readonly (readonly number[] | Uint8Array)[],
): Uint8Array<ArrayBuffer> {
  const content = bytesOf([unsigned(entries.length), ...entries]);
  return bytesOf([[id], unsigned(content.length), content]);
}
const text = (s: string): number[] => [s.length, ...new TextEncoder().encode(s)];
