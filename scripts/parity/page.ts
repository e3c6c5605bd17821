/** @file The page in which engines that need a browser are compared. */
import { compareHere } from "./engines.ts";

declare global {
  /** What the main process calls in the page. */
  var parity: typeof compareHere;
}
globalThis.parity = compareHere;
