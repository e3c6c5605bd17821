/** @file How images lie in the arena: one plane a channel, the batch innermost, so that SIMD lanes run over images. */

/** A plane (height, width, batch). `size` and `pitch` are in floats. */
export interface Geometry {
  readonly h: number;
  readonly w: number;
  /** The batch padded to a multiple of four lanes. */
  readonly b: number;
  /** The batch itself; the lanes beyond it hold nothing of meaning and get no gradient. */
  readonly lanes: number;
  readonly size: number;
  /** From plane to plane: longer than the data, which keeps planes off one another's cache sets. */
  readonly pitch: number;
}

/** The planes of (h, w) pixels of a batch. */
export function geometryOf(h: number, w: number, batch: number): Geometry {
  const b = Math.ceil(batch / 4) * 4;
  const size = h * w * b;
  return { h, w, b, lanes: batch, size, pitch: Math.ceil((size + 16) / 16) * 16 };
}

/** A square window over planes, padded with (k − 1)/2 · d zeros all round. */
export interface Window {
  readonly k: number;
  /** Dilation. */
  readonly d: number;
  /** Stride. */
  readonly s: 1 | 2;
  readonly src: Geometry;
  readonly dst: Geometry;
  /** Number of planes. */
  readonly n: number;
}

/** Floats whose place in the arena is settled once all their uses are known. */
export interface Block {
  readonly size: number;
  /** Reused as soon as nobody needs it, unless something outside the plan reads or writes it. */
  readonly lasting: boolean;
}
/** A place inside a block, in floats. */
export interface Place {
  readonly block: Block;
  readonly offset: number;
}
/** `n` planes one after another. */
export interface Planes extends Place {
  readonly n: number;
  readonly geo: Geometry;
}

export const at = (place: Place, by: number): Place => ({
  block: place.block,
  offset: place.offset + by,
});
/** Planes `from` … `from + n`. */
export const slice = (p: Planes, from: number, n: number): Planes => ({
  block: p.block,
  offset: p.offset + from * p.geo.pitch,
  n,
  geo: p.geo,
});
