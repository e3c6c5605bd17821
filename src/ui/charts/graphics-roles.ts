/** @file Attributes of WAI-ARIA's graphics module for the parts of a picture. */

/** For a part that is read as one. */
export const graphicsSymbol = (label: string) => ({ role: "graphics-symbol", "aria-label": label });
