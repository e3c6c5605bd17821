/** @file Files become classes; what cannot be used is told with its reason, and hostile files end in a sentence. */
import { zipSync } from "fflate";
import { describe, expect, it } from "vitest";
import { Refusal } from "./limits.ts";
import { type Decode, readImages, type Source } from "./read-images.ts";
import { readZip } from "./zip.ts";

/** The head of a PNG of this size; the byte after it is its colour, 0 for a broken one. */
function png(width: number, height: number, colour: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(25);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  new DataView(bytes.buffer).setUint32(16, width);
  new DataView(bytes.buffer).setUint32(20, height);
  bytes[24] = colour;
  return bytes;
}
let decodes = 0;
const decode: Decode = async (bytes) => {
  decodes += 1;
  if (bytes[24] === 0) throw new Error("broken");
  const rgba = new Uint8ClampedArray(20 * 20 * 4).fill(255);
  for (let i = 0; i < 400; i++) rgba[4 * i] = bytes[24] as number;
  return { rgba, width: 20, height: 20 };
};
const source = (path: string, bytes = png(20, 20, 7)): Source => ({
  path,
  bytes: bytes.length,
  read: async () => bytes,
});
const many = (folder: string, count: number, colour = 7): Source[] =>
  Array.from({ length: count }, (_, i) => source(`${folder}/${i}.png`, png(20, 20, colour)));
const read = (all: readonly Source[], name = "pets") => readImages(name, all, decode, () => {});
const bin = (records: number, label = 3): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(records * 3073);
  for (let i = 0; i < records; i++) bytes[i * 3073] = i % 2 === 0 ? label : 5;
  return bytes;
};

describe("folders", () => {
  it("are classes, by name", async () => {
    const { images, rejected, skipped } = await read([
      ...many("pets/dogs", 12, 90),
      ...many("pets/train/cats", 13, 40),
      source("pets/.DS_Store"),
      source("__MACOSX/pets/dogs/._1.png"),
    ]);
    expect({ rejected, skipped }).toEqual({ rejected: [], skipped: 2 });
    expect(images?.classes).toEqual(["cats", "dogs"]);
    const labels = new Uint8Array(images?.labels ?? new ArrayBuffer());
    const pixels = new Uint8Array(images?.pixels ?? new ArrayBuffer());
    expect(labels.filter((label) => label === 0).length).toBe(13);
    for (const [i, label] of labels.entries()) {
      expect(pixels.subarray(i * 768, i * 768 + 3)).toEqual(
        Uint8Array.of(label === 0 ? 40 : 90, 255, 255),
      );
    }
  });

  it("lists every file that is not used, with its reason", async () => {
    const large = { ...source("pets/cats/large.png"), bytes: 20_000_001 };
    const { images, rejected } = await read([
      ...many("pets/cats", 12),
      ...many("pets/dogs", 12),
      ...many("pets/birds", 11),
      source("pets/loose.png"),
      source("pets/cats/notes.txt"),
      source("pets/cats/text.png", new TextEncoder().encode("no image at all, really")),
      source("pets/cats/wide.png", png(4097, 3, 7)),
      source("pets/cats/broken.png", png(20, 20, 0)),
      large,
    ]);
    expect(images?.classes).toEqual(["cats", "dogs"]);
    const isNot = "is not an image: PNG, JPEG, GIF, WebP and BMP are read";
    expect(Object.fromEntries(rejected.map(({ path, reason }) => [path, reason]))).toEqual({
      "pets/cats/notes.txt": isNot,
      "pets/loose.png": "lies in no folder that would name its class",
      "pets/cats/text.png": isNot,
      "pets/cats/wide.png": "is 4,097×3 pixels; at most 4,096 a side are allowed",
      "pets/cats/broken.png": "is broken: it cannot be decoded",
      "pets/cats/large.png": "has 20,000,001 bytes; at most 20,000,000 are allowed",
      "class birds": "has too few images: 11; at least 12 are needed",
    });
  });

  it("are refused with one class, with too many images, and without any", async () => {
    const before = decodes;
    const allowed = "2 to 100 are allowed, each a folder of at least 12 images";
    expect((await read(many("cats", 20))).refused).toBe(`pets has 1 class (cats); ${allowed}`);
    expect((await read([])).refused).toBe(`pets has 0 classes; ${allowed}`);
    const tooMany = [...many("cats", 10_000), ...many("dogs", 10_001)];
    expect((await read(tooMany)).refused).toBe(
      "pets has 20,001 images; at most 20,000 are allowed",
    );
    expect(decodes).toBe(before);
  });
});

describe("CIFAR-10's binary files", () => {
  it("are read together", async () => {
    const files = [source("data_batch_1.bin", bin(30)), source("data_batch_2.bin", bin(20))];
    const { images, rejected } = await read([...files, source("readme.html")]);
    expect(images?.classes).toEqual(["cat", "dog"]);
    expect(images?.labels.byteLength).toBe(50);
    expect(rejected).toEqual([
      { path: "readme.html", reason: "is not read beside CIFAR-10's binary files" },
    ]);
  });

  it("have red, green and blue one after another", async () => {
    const bytes = bin(24);
    bytes.fill(10, 1, 1025).fill(20, 1025, 2049).fill(30, 2049, 3073);
    const { images } = await read([source("a.bin", bytes)]);
    const pixels = new Uint8Array(images?.pixels ?? new ArrayBuffer());
    expect(pixels.slice(0, 3)).toEqual(Uint8Array.of(10, 20, 30));
    expect(pixels.slice(765, 771)).toEqual(Uint8Array.of(10, 20, 30, 0, 0, 0));
  });

  it("are refused if cut off, mislabelled, or too many", async () => {
    const cut = source("cut.bin", bin(2).slice(0, 6145));
    const strange = source("strange.bin", bin(2, 10));
    const { refused, rejected } = await read([cut, strange]);
    expect(refused).toMatch(/^pets has 0 classes;/);
    expect(rejected).toEqual([
      {
        path: "cut.bin",
        reason: "has 6,145 bytes; CIFAR-10's binary files have a multiple of 3,073",
      },
      { path: "strange.bin", reason: "has label 10 in record 0; 0 to 9 are allowed" },
    ]);
    const huge = { ...source("huge.bin"), bytes: 20_001 * 3073 };
    expect((await read([huge])).refused).toMatch(/^pets has 20,001 images/);
  });
});

describe("zips", () => {
  const zip = (files: Readonly<Record<string, Uint8Array>>) => {
    const packed = zipSync(files);
    return new Uint8Array(packed);
  };
  const content = new Uint8Array(5000).fill(3);
  const whole = zip({ "cats/a.png": content, "cats/": new Uint8Array() });
  /** Changes a field of an entry in the table of contents. */
  const forged = (offset: number, value: number) => {
    const bytes = whole.slice();
    const view = new DataView(bytes.buffer);
    const at = view.getUint32(bytes.length - 22 + 16, true);
    view.setUint32(at + offset, value, true);
    return readZip(bytes, "pets.zip");
  };

  it("give their files", () => {
    const entries = readZip(whole, "pets.zip");
    expect(entries.map(({ path, bytes }) => [path, bytes])).toEqual([["cats/a.png", 5000]]);
    expect(entries[0]?.read()).toEqual(content);
  });

  it("are refused wherever they are cut off", () => {
    for (let length = 0; length < whole.length; length++)
      expect(() => readZip(whole.slice(0, length), "pets.zip")).toThrow(
        /^pets.zip is no whole zip/,
      );
    expect(() => readZip(whole.slice(1), "pets.zip")).toThrow(Refusal);
  });

  it("are refused for what they declare, before anything is unpacked", () => {
    expect(() => forged(24, 2_000_000_001)).toThrow(
      "pets.zip declares more than 2,000,000,001 bytes unpacked; at most 2,000,000,000 are allowed",
    );
  });

  it("unpack no more and no less than they declare", () => {
    expect(() => forged(24, 100)[0]?.read()).toThrow(
      "unpacks to more than the 100 bytes that it declares",
    );
    expect(() => forged(24, 5001)[0]?.read()).toThrow("has 5,000 bytes; it declares 5,001");
    expect(() => forged(20, 3)[0]?.read()).toThrow("is packed wrongly");
    expect(() => forged(42, 9)[0]?.read()).toThrow("is missing at byte 9 of the zip");
    expect(() => forged(8, 1)[0]?.read()).toThrow("is encrypted");
    expect(() => forged(10, 9)[0]?.read()).toThrow("is packed by method 9; 0 and 8 are allowed");
  });

  it("never fail otherwise, whatever byte of them is changed", async () => {
    for (let at = 0; at < whole.length; at++) {
      const bytes = whole.slice();
      bytes[at] = (bytes[at] as number) ^ 0xff;
      try {
        const sources = readZip(bytes, "z").map((e) => ({ ...e, read: async () => e.read() }));
        expect((await read(sources)).refused).toBeDefined();
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }
  });
});
