import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../backend/index.ts";
import { createRng } from "../core/rng.ts";
import { DatasetError, SpecError } from "../errors.ts";
import type { Batch } from "../problem.ts";
import { names } from "./names.ts";
import { sequenceTask, tokensOf } from "./sequence.ts";
import { textLimits, textTask } from "./text.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});
const rows = ({ x, y }: Batch) => [x, y].map((tensor) => tensor.arraySync() as number[][]);
const draw = (step: number, size = 8) => ({ step, size, rng: createRng(2) });

describe("sequenceTask", () => {
  const count = Uint16Array.from({ length: 40 }, (_, i) => i);
  const task = sequenceTask({ characters: [..."abc"], train: count, val: count.subarray(20) }, 5);

  it("draws windows of its half and what follows each character, the same for the same step", () => {
    const [x = [], y = []] = rows(task.sample("val", draw(3)));
    expect(x).toHaveLength(8);
    for (const [i, row] of x.entries()) {
      expect(row).toEqual(row.map((_, t) => (row[0] as number) + t));
      expect(y[i]).toEqual(row.map((token) => token + 1));
      expect(row[0]).toBeGreaterThanOrEqual(20);
    }
    expect(rows(task.sample("val", draw(3)))[0]).toEqual(x);
    expect(rows(task.sample("val", draw(4)))[0]).not.toEqual(x);
  });
  it("goes through a half window by window, full batches only", async () => {
    const first = (await task.inOrder?.("train", 0, 3)) as Batch;
    expect(rows(first)[0]?.map((row) => row[0])).toEqual([0, 5, 10]);
    const second = (await task.inOrder?.("train", 1, 3)) as Batch;
    expect(rows(second)[1]?.at(-1)).toEqual([26, 27, 28, 29, 30]);
    expect(await task.inOrder?.("train", 2, 3)).toBeUndefined();
  });
  it("names a half that is too short", () => {
    const short = sequenceTask({ characters: [], train: count, val: count.subarray(0, 5) }, 5);
    expect(() => short.sample("val", draw(0))).toThrow(SpecError);
    expect(() => short.sample("val", draw(0))).toThrow(
      'the half "val" has 5 characters; a window needs 6',
    );
  });
});

describe("names", () => {
  const read = async (path: string) => {
    const url = new URL(`../../../public/${path}`, import.meta.url);
    return new Uint8Array(await readFile(url)).buffer;
  };
  it("opens the lists in the repository, and reads a drawn name between two line ends", async () => {
    const task = await names.open(read, {});
    const [x = []] = rows(task.sample("train", draw(0)));
    expect(x[0]).toHaveLength(12);
    const characters = [..."\n-abcdefghijklmnopqrstuvwxyz"];
    expect(task.decode?.(tokensOf("na\nbob\nclai", characters))).toBe("bob");
    expect(task.decode?.(tokensOf("nabob\nclai", characters))).toBe("");
  });
  it("names a damaged file, what was expected and what was found", async () => {
    const damaged = async (path: string) => {
      const bytes = await read(path);
      if (path.endsWith("val.txt")) new Uint8Array(bytes)[3] = 65;
      return bytes;
    };
    await expect(names.open(damaged, {})).rejects.toThrow(DatasetError);
    await expect(names.open(damaged, {})).rejects.toThrow(
      /datasets\/names\/val\.txt is damaged: expected SHA-256 9413\w+, found \w+/,
    );
  });
});

describe("textTask", () => {
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  const line = "the quick brown fox — über\r\n".repeat(60);

  it("takes any UTF-8, with one token for each character", async () => {
    const definition = textTask(bytesOf(line), "fox.txt");
    const characters = new Set(line.replaceAll("\r", ""));
    expect(definition.signature).toMatchObject({ kind: "sequence", vocabulary: characters.size });
    const task = await definition.open(async () => new ArrayBuffer(0), {});
    const [x = []] = rows(task.sample("train", draw(0, 1)));
    expect(line.replaceAll("\r", "")).toContain(task.decode?.(x[0] as number[]));
  });
  it("gives rare characters one token when there are too many", () => {
    const many = Array.from({ length: 2000 }, (_, i) => String.fromCodePoint(0x4e00 + (i % 400)));
    const { signature } = textTask(bytesOf(many.join("")), "many.txt");
    expect(signature).toMatchObject({ vocabulary: textLimits.vocabulary });
  });
  it.each([
    ["short", bytesOf("abc"), "short has 3 characters; at least 1,000 are needed"],
    [
      "long",
      new Uint8Array(textLimits.bytes + 1),
      "long has 10,000,001 bytes; at most 10,000,000 are allowed",
    ],
    ["bad", Uint8Array.of(97, 98, 0xff, 99), "bad is not UTF-8: byte 2 of it, 0xFF"],
    ["cut", Uint8Array.of(97, 0xe2, 0x80), "cut is not UTF-8: byte 2 of it, 0x80"],
  ])("refuses a text that is %s", (name, bytes, message) => {
    expect(() => textTask(bytes, name)).toThrow(DatasetError);
    expect(() => textTask(bytes, name)).toThrow(message);
  });
});
