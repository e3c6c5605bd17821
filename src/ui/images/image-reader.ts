/** @file A worker that reads one choice of files, so that decoding thousands of images holds no click up. */
import { fileLimits, Refusal, Rejection } from "./limits.ts";
import { type Decode, type ReadSet, readImages, type Source } from "./read-images.ts";
import type { Chosen, Reading } from "./reading.ts";
import { readZip } from "./zip.ts";

interface Scope {
  postMessage(message: Reading, transfer: ArrayBuffer[]): void;
  onmessage: ((event: { data: Chosen }) => void) | null;
}
const scope = globalThis as unknown as Scope;
/** Between two messages of progress. */
const pauseMs = 50;

scope.onmessage = ({ data }) => {
  read(data).then(
    (set) => {
      const { images } = set;
      scope.postMessage({ kind: "read", set }, images ? [images.labels, images.pixels] : []);
    },
    (error: unknown) => scope.postMessage({ kind: "failed", reason: String(error) }, []),
  );
};

async function read({ name, files }: Chosen): Promise<ReadSet> {
  let told = 0;
  try {
    const sources: Source[] = [];
    for (const { path, file } of files)
      sources.push(...(/\.zip$/i.test(path) ? await unzipped(path, file) : [sourceOf(path, file)]));
    return await readImages(name, sources, decode, (done, total) => {
      const now = performance.now();
      if (now - told < pauseMs) return;
      told = now;
      scope.postMessage({ kind: "progress", done, total }, []);
    });
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message, rejected: [], skipped: 0 };
    throw error;
  }
}

const sourceOf = (path: string, file: Blob): Source => ({
  path,
  bytes: file.size,
  read: () =>
    file.arrayBuffer().then(
      (bytes) => new Uint8Array(bytes),
      () => {
        throw new Rejection("cannot be read: it was moved, or changed, since it was chosen");
      },
    ),
});

async function unzipped(path: string, file: Blob): Promise<readonly Source[]> {
  const { zipBytes } = fileLimits;
  if (file.size > zipBytes)
    throw new Refusal(
      `${path} has ${file.size.toLocaleString("en")} bytes; at most ${zipBytes.toLocaleString("en")} are allowed`,
    );
  const entries = readZip(new Uint8Array(await file.arrayBuffer()), path);
  return entries.map((entry) => ({ ...entry, read: async () => entry.read() }));
}

const decode: Decode = async (bytes) => {
  const bitmap = await createImageBitmap(new Blob([bytes]));
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return { rgba: context.getImageData(0, 0, width, height).data, width, height };
};
