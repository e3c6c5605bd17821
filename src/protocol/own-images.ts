/** @file Images of the user's own as they go from the page to the engine, and what they may be. */

/** Images by class, already at the size that a network reads. */
export interface OwnImages {
  /** The folder's or file's, for the label. */
  readonly name: string;
  /** Names by label. */
  readonly classes: readonly string[];
  /** (count) bytes, indices into `classes`. */
  readonly labels: ArrayBuffer;
  /** (count, size, size, 3) bytes: red, green, blue. */
  readonly pixels: ArrayBuffer;
}

/** What own images may be; page and engine hold to the same numbers. */
export const ownImageLimits = {
  /** Height and width in pixels of what the network reads. */
  size: 16,
  /** The most images, of all classes together. */
  images: 20_000,
  fewestClasses: 2,
  /** Classes have names on the page and a logit each in the network. */
  mostClasses: 100,
  /** The fewest of a class: enough for both halves and the test images. */
  perClass: 12,
} as const;
