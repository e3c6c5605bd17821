/** @file Files → a set of small images by class, with the reason for every file that is not in it. */
import { type OwnImages, ownImageLimits } from "../../protocol/own-images.ts";
import { cifarClasses, cifarCount, readCifar } from "./cifar.ts";
import { classesOf, isHidden } from "./classes.ts";
import { readHeader } from "./header.ts";
import { count, fileLimits, Refusal, Rejection } from "./limits.ts";
import { shrink } from "./shrink.ts";

const { size, images: mostImages, fewestClasses, mostClasses, perClass } = ownImageLimits;
const area = size * size * 3;

/** A file, wherever it lies. */
export interface Source {
  /** With slashes, from the folder that was chosen on. */
  readonly path: string;
  readonly bytes: number;
  /** Throws `Rejection` if it cannot be had. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
}
/** An image as it is shown: (height, width, 4) bytes. */
export interface Decoded {
  readonly rgba: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}
/** Rejects if the bytes are no whole image. */
export type Decode = (bytes: Uint8Array<ArrayBuffer>) => Promise<Decoded>;

/** A file, or a class, that is not used. */
export interface Rejected {
  readonly path: string;
  readonly reason: string;
}
/** What became of a choice: a set, or why there is none. */
export interface ReadSet {
  readonly images?: OwnImages;
  readonly refused?: string;
  readonly rejected: readonly Rejected[];
  /** Hidden and system files. */
  readonly skipped: number;
}
interface Found {
  readonly className: string;
  readonly pixels: Uint8Array;
}

/** Reads a choice called `name`; never rejects for what files hold. */
export async function readImages(
  name: string,
  all: readonly Source[],
  decode: Decode,
  onProgress: (done: number, total: number) => void,
): Promise<ReadSet> {
  const rejected: Rejected[] = [];
  const sources = all.filter(({ path }) => !isHidden(path));
  const skipped = all.length - sources.length;
  /** What `make` makes, or a line of why not. */
  const attempt = async <T>({ path }: Source, make: () => T | Promise<T>) => {
    try {
      return await make();
    } catch (error) {
      if (!(error instanceof Rejection)) throw error;
      rejected.push({ path, reason: error.message });
      return undefined;
    }
  };
  try {
    const isBinary = sources.some(({ path }) => path.endsWith(".bin"));
    const found = isBinary ? await binaries() : await pictures();
    return { images: gather(name, found, rejected), rejected, skipped };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.message, rejected, skipped };
    throw error;
  }

  async function binaries(): Promise<readonly Found[]> {
    const usable: Source[] = [];
    let images = 0;
    for (const source of sources)
      await attempt(source, () => {
        if (!source.path.endsWith(".bin"))
          throw new Rejection("is not read beside CIFAR-10's binary files");
        images += cifarCount(source.bytes);
        usable.push(source);
      });
    checkCount(name, images);
    const found: Found[] = [];
    for (const [i, source] of usable.entries()) {
      onProgress(i, usable.length);
      const file = await attempt(source, async () => readCifar(await source.read(), size));
      for (const [k, label] of (file?.labels ?? []).entries())
        found.push({
          className: cifarClasses[label] as string,
          pixels: (file as { pixels: Uint8Array }).pixels.subarray(k * area, (k + 1) * area),
        });
    }
    return found;
  }

  async function pictures(): Promise<readonly Found[]> {
    const images: Source[] = [];
    for (const source of sources)
      await attempt(source, () => {
        if (!/\.(png|jpe?g|gif|webp|bmp)$/i.test(source.path)) throw notAnImage();
        images.push(source);
      });
    checkCount(name, images.length);
    const classOf = classesOf(images.map(({ path }) => path));
    const named: (readonly [Source, string])[] = [];
    for (const source of images)
      await attempt(source, () => named.push([source, classOf(source.path)]));
    checkClasses(name, new Set(named.map(([, className]) => className)));
    const found: Found[] = [];
    for (const [i, [source, className]] of named.entries()) {
      onProgress(i, named.length);
      const pixels = await attempt(source, () => small(source, decode));
      if (pixels) found.push({ className, pixels });
    }
    return found;
  }
}

/** One image, small. Throws `Rejection`. */
async function small(source: Source, decode: Decode): Promise<Uint8Array> {
  if (source.bytes > fileLimits.bytes)
    throw new Rejection(
      `has ${count(source.bytes)} bytes; at most ${count(fileLimits.bytes)} are allowed`,
    );
  const bytes = await source.read();
  const header = readHeader(bytes);
  if (!header) throw notAnImage();
  const { side } = fileLimits;
  if (header.width > side || header.height > side)
    throw new Rejection(
      `is ${count(header.width)}×${count(header.height)} pixels; at most ${count(side)} a side are allowed`,
    );
  const decoded = await decode(bytes).catch(() => {
    throw new Rejection("is broken: it cannot be decoded");
  });
  return shrink(decoded.rgba, decoded.width, decoded.height, size);
}

const notAnImage = () => new Rejection("is not an image: PNG, JPEG, GIF, WebP and BMP are read");

function checkCount(name: string, images: number): void {
  if (images > mostImages)
    throw new Refusal(
      `${name} has ${count(images)} images; at most ${count(mostImages)} are allowed`,
    );
}

function checkClasses(name: string, classes: ReadonlySet<string>): void {
  if (classes.size >= fewestClasses && classes.size <= mostClasses) return;
  const [only] = classes;
  const found = classes.size === 1 ? `1 class (${only})` : `${count(classes.size)} classes`;
  throw new Refusal(
    `${name} has ${found}; ${fewestClasses} to ${mostClasses} are allowed, each a folder of at least ${perClass} images`,
  );
}

/** Numbers the classes by name and leaves out those with too few. Throws `Refusal` if too few classes are left. */
function gather(name: string, found: readonly Found[], rejected: Rejected[]): OwnImages {
  const sizes = new Map<string, number>();
  for (const { className } of found) sizes.set(className, (sizes.get(className) ?? 0) + 1);
  for (const [className, images] of sizes)
    if (images < perClass) {
      rejected.push({
        path: `class ${className}`,
        reason: `has too few images: ${images}; at least ${perClass} are needed`,
      });
      sizes.delete(className);
    }
  const classes = [...sizes.keys()].sort();
  checkClasses(name, new Set(classes));
  const kept = found.filter(({ className }) => sizes.has(className));
  const places = new Map(classes.map((className, label) => [className, label]));
  const pixels = new Uint8Array(kept.length * area);
  for (const [i, image] of kept.entries()) pixels.set(image.pixels, i * area);
  const labels = Uint8Array.from(kept, ({ className }) => places.get(className) as number);
  return { name, classes, labels: labels.buffer, pixels: pixels.buffer };
}
