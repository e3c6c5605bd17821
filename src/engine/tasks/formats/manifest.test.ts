import { expect, it } from "vitest";
import { DatasetError } from "../../errors.ts";
import { parseManifest } from "./manifest.ts";

const shard = { file: "a.bin", count: 2, bytes: 9, rawBytes: 26, sha256: "0".repeat(64) };
const valid = {
  format: "image-shards-1",
  classes: ["cat", "dog"],
  size: 2,
  mean: [0.5, 0.5, 0.5],
  std: [0.2, 0.2, 0.2],
  train: [shard],
  test: [shard],
};
const parse = (json: unknown) => parseManifest("set/manifest.json", JSON.stringify(json));

it("reads what the engine needs and leaves out the rest", () => {
  expect(parse({ ...valid, title: "for people" })).toEqual(valid);
});

it.each([
  [{ format: "image-shards-2" }, 'format = "image-shards-2" is not "image-shards-1"'],
  [{ classes: [] }, "classes = [] is not a list of names"],
  [{ size: 1.5 }, "size = 1.5 is not a whole number above 0"],
  [{ mean: [0, 0.5, 0.5] }, "mean = [0,0.5,0.5] is not three numbers between 0 and 1"],
  [{ std: ["a", 1, 2] }, 'std = ["a",1,2] is not three numbers between 0 and 1'],
  [{ train: undefined }, "train = undefined is not a list of shards"],
  [{ train: [{ ...shard, file: "../a" }] }, 'file = "../a" is not a file name'],
  [{ test: [{ ...shard, count: 3 }] }, "count = 3 is not an even number above 0"],
  [{ test: [{ ...shard, rawBytes: 27 }] }, "rawBytes = 27 is not 26 for 2 images"],
  [{ test: [{ ...shard, sha256: "0" }] }, 'sha256 = "0" is not 64 hexadecimal digits'],
])("refuses %o by name", (change, message) => {
  const read = () => parse({ ...valid, ...change });
  expect(read).toThrow(DatasetError);
  expect(read).toThrow(`set/manifest.json is not a manifest: ${message}`);
});

it("refuses a page that a server sends instead of a missing file", () => {
  expect(() => parseManifest("m.json", "<!doctype html>")).toThrow(
    'm.json is not a manifest: it begins "<!doctype html>"',
  );
});
