/** @file Which file an address asks for, and what every answer carries. */
import { describe, expect, it } from "vitest";
import { isolated, isShell, pathOf, requestOf } from "./kept.ts";

const build = {
  id: "0123456789abcdef",
  policy: "default-src 'self'",
  files: { "index.html": "sha384-AAAA", "datasets/a b/0.bin": "sha384-BBBB" },
};
const scope = "https://host.example/some/path/";

describe("an address", () => {
  it.each([
    ["", "index.html"],
    ["?embed=1#v=1", "index.html"],
    ["index.html", "index.html"],
    ["datasets/a%20b/0.bin", "datasets/a b/0.bin"],
    ["other.html", undefined],
    ["toString", undefined],
  ])("%s below the page asks for %s", (address, path) => {
    expect(pathOf(scope + address, scope, build)).toBe(path);
  });
  it("of a page beside this one is left alone", () => {
    expect(pathOf("https://host.example/some/", scope, build)).toBeUndefined();
    expect(pathOf("https://host.example/some/pathology/index.html", scope, build)).toBeUndefined();
  });
  it("that cannot be decoded is no file", () => {
    expect(pathOf(`${scope}%ff`, scope, build)).toBeUndefined();
  });
});

it("asks for a file by its content, past a cache that may be old", () => {
  const request = requestOf("index.html", scope, build);
  expect([request.url, request.integrity, request.cache]).toEqual([
    `${scope}index.html`,
    "sha384-AAAA",
    "no-cache",
  ]);
});

it("keeps data sets apart from what the page needs to start", () => {
  expect(Object.keys(build.files).filter(isShell)).toEqual(["index.html"]);
});

describe("an answer", () => {
  it("carries the isolation and the policy, and what it carried before", async () => {
    const plain = new Response("text", { status: 404, headers: { "Content-Type": "text/css" } });
    const answer = isolated(plain, build);
    expect(Object.fromEntries(answer.headers)).toEqual({
      "content-type": "text/css",
      "content-security-policy": "default-src 'self'",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
    });
    expect([answer.status, await answer.text()]).toEqual([404, "text"]);
  });
  it("that failed is passed on as it is", () => {
    const failed = Response.error();
    expect(isolated(failed, build)).toBe(failed);
  });
});
