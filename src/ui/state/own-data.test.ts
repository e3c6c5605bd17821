/** @file A text becomes the problem once the engine has it; a refused one is told and changes nothing. */
import { expect, it } from "vitest";
import { fakeEngine, ready, testCatalog } from "../../../test/support/fake-engine.ts";
import type { Catalog } from "../../protocol/catalog.ts";
import { createPlayground } from "./app.ts";
import { createClient } from "./client.ts";
import { ownData } from "./store.ts";

function page() {
  const engine = fakeEngine();
  const { actions, view } = createPlayground(createClient(engine.open));
  engine.emit(ready);
  return { ...engine, actions, view };
}
const images = testCatalog.tasks.find(({ id }) => id === "images");
const small = testCatalog.presets.find(({ id }) => id === "small");
if (!images || !small) throw new Error("the test's catalog has changed");
const withText: Catalog = {
  ...testCatalog,
  tasks: [...testCatalog.tasks, { ...images, id: "text-1" }],
  presets: [
    ...testCatalog.presets,
    { ...small, id: "small-text-1", settings: { ...small.settings, task: "text-1" } },
  ],
};
const bytes = new Uint8Array([1, 2]).buffer;

it("sends a text once, under a name that fits, and takes it up when the engine has it", async () => {
  const p = page();
  const before = p.view.getState().setup.preset;
  await p.actions.learnText(bytes, "a story with a name that is too long.txt");
  expect(p.of("text")).toEqual([
    { kind: "text", runId: ownData, name: "a story with a name tha…", bytes },
  ]);
  expect(p.view.getState().setup.preset).toBe(before);
  p.emit({ ...ready, catalog: withText } as typeof ready);
  expect(p.view.getState().setup.preset).toBe("small-text-1");
});

it("tells why a text is refused, and stays where it is", async () => {
  const p = page();
  const before = p.view.getState().setup.preset;
  await p.actions.learnText(bytes, "a.txt");
  p.emit({
    kind: "refused",
    runId: ownData,
    error: { code: "DatasetError", message: "too short" },
  });
  expect(p.view.getState().notices).toEqual([{ title: "Text refused", lines: ["too short"] }]);
  p.emit({ ...ready, catalog: withText } as typeof ready);
  expect(p.view.getState().setup.preset).toBe(before);
  p.actions.chooseBackend("wasm");
  expect(p.of("text").length).toBe(1);
  await p.actions.learnText(bytes, "b.txt");
  p.emit({ ...ready, catalog: { ...withText } } as typeof ready);
  expect(p.view.getState().notices).toEqual([]);
});

it("gives the text to the next worker, too", async () => {
  const p = page();
  await p.actions.learnText(bytes, "a.txt");
  p.actions.chooseBackend("wasm");
  expect(p.of("text").length).toBe(2);
});

it("sends images, gives them to the next worker, too, and names them in a refusal", async () => {
  const p = page();
  const set = { name: "pets", classes: ["a", "b"], labels: bytes, pixels: bytes };
  await p.actions.learnImages(set);
  p.actions.chooseBackend("wasm");
  expect(p.of("images")).toEqual([
    { ...set, kind: "images", runId: ownData },
    { ...set, kind: "images", runId: ownData },
  ]);
  p.emit({ kind: "refused", runId: ownData, error: { code: "DatasetError", message: "no" } });
  expect(p.view.getState().notices.at(-1)).toEqual({ title: "Images refused", lines: ["no"] });
});
