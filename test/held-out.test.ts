/** @file Test examples: in neither half, read only when asked for, and nothing that a search can be judged on. */
import { readFile } from "node:fs/promises";
import { beforeAll, describe, expect, it } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import type { Batch, ReadFile, Task } from "../src/engine/problem.ts";
import { cifar10 } from "../src/engine/tasks/cifar10.ts";
import { names } from "../src/engine/tasks/names.ts";
import { make, specOf } from "./support/specs.ts";

beforeAll(async () => {
  await selectBackend("cpu");
});

/** The task with its files as they lie in the repository, and which of them were read. */
async function opened(definition: typeof names) {
  const files: string[] = [];
  const read: ReadFile = async (path) => {
    files.push(path);
    return new Uint8Array(await readFile(new URL(`../public/${path}`, import.meta.url))).buffer;
  };
  return { task: await definition.open(read, { augment: 0 }), files };
}
/** Each example's bytes, as a string that others can be compared with. */
const rows = ({ x }: Batch) => {
  const values = x.dataSync();
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  const size = bytes.length / (x.shape[0] as number);
  return Array.from({ length: x.shape[0] as number }, (_, i) =>
    bytes.toString("latin1", i * size, (i + 1) * size),
  );
};
const inHalf = async (task: Task, half: "train" | "val", size: number): Promise<string[]> =>
  rows((await task.inOrder?.(half, 0, size)) as Batch);

it("CIFAR-10 has 2,000, read at the first question, none of them among the others", async () => {
  const { task, files } = await opened(cifar10);
  await inHalf(task, "val", 5000);
  expect(files.filter((file) => file.includes("test"))).toEqual([]);
  const batches = [await task.heldOut?.(0, 1000), await task.heldOut?.(1, 1000)] as Batch[];
  expect(files.filter((file) => file.includes("test"))).toHaveLength(2);
  expect(await task.heldOut?.(2, 1000)).toBeUndefined();
  const seen = new Set(batches.flatMap(rows));
  expect(seen.size).toBeGreaterThan(1990);
  for (const half of ["train", "val"] as const)
    for (const image of await inHalf(task, half, 5000)) expect(seen.has(image)).toBe(false);
  expect(new Set(batches.flatMap(({ y }) => [...y.dataSync()])).size).toBe(10);
  task.dispose();
});

it("names have whole windows of a third file", async () => {
  const { task, files } = await opened(names);
  expect(files.filter((file) => file.includes("test"))).toEqual([]);
  const batch = (await task.heldOut?.(0, 8)) as Batch;
  expect(files.at(-1)).toContain("test");
  expect(batch.x.shape).toEqual([8, 12]);
  // What follows a window's token is the window's next token.
  const [x, y] = [await batch.x.data(), await batch.y.data()];
  expect([...y.slice(0, 11)]).toEqual([...x.slice(1, 12)]);
  expect(await task.heldOut?.(1000, 8)).toBeUndefined();
  task.dispose();
});

describe("judged on them", () => {
  it("is no search", async () => {
    using run = await make(specOf("darts", "darts-conv", "blobs"));
    await expect(run.evaluate("test")).rejects.toThrow("not for a search");
  });
  it("is nothing where there are none", async () => {
    using run = await make(specOf("fixed", "darts-conv", "blobs"));
    await expect(run.evaluate("test")).rejects.toThrow("holds no test examples");
    expect((await run.evaluate()).examples).toBe(8);
  });
});
