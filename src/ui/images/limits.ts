/** @file What a file may be on its way to a network's image. */

/** The limits of one file and of one zip; those of the whole set are the protocol's. */
export const fileLimits = {
  /** 20 MB, packed or not. */
  bytes: 20_000_000,
  /** Height and width in pixels. */
  side: 4096,
  /** 500 MB: a zip is held in memory. */
  zipBytes: 500_000_000,
  /** 2 GB of declared sizes: images are unpacked one at a time. */
  unpackedBytes: 2_000_000_000,
} as const;

/** A file that cannot be used, in a sentence that goes on from its name. */
export class Rejection extends Error {}

/** A whole choice that cannot be used. */
export class Refusal extends Error {}

/** A number for people. */
export const count = (n: number): string => n.toLocaleString("en");
