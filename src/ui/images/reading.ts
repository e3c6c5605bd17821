/** @file The page's end of the reader: files in, progress and a set out, cancelled at any time. */
import type { ReadSet } from "./read-images.ts";

/** What a person chose or dropped. */
export interface Chosen {
  /** Of the folder or file. */
  readonly name: string;
  readonly files: readonly ChosenFile[];
}
export interface ChosenFile {
  /** With slashes, from the folder that was chosen on. */
  readonly path: string;
  readonly file: File;
}
/** What the reader tells. */
export type Reading =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "read"; readonly set: ReadSet }
  | { readonly kind: "failed"; readonly reason: string };

/** Reads a choice in a worker of its own; the function returned ends it. */
export function startReading(chosen: Chosen, tell: (reading: Reading) => void): () => void {
  const worker = new Worker(new URL("./image-reader.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }: MessageEvent<Reading>) => {
    tell(data);
    if (data.kind !== "progress") worker.terminate();
  });
  worker.addEventListener("error", ({ message }) => {
    tell({ kind: "failed", reason: message || "The reader's program could not be loaded." });
    worker.terminate();
  });
  worker.postMessage(chosen);
  return () => worker.terminate();
}
