// @vitest-environment happy-dom
/** @file Own data outlive the page: kept once accepted, given to the engine when a link or a run names them, forgotten. */
import { expect, it, vi } from "vitest";
import { fakeEngine, ready, testCatalog } from "../../../test/support/fake-engine.ts";
import type { EngineEvent } from "../../protocol/messages.ts";
import { ownTaskId, ownTaskIn } from "../../protocol/own-data.ts";
import { createPlayground } from "./app.ts";
import { createClient } from "./client.ts";
import { beyond, type DataCommand, type DataStore, type KeptData } from "./data-store.ts";
import { encodeLink } from "./link.ts";
import { type Save, saveVersion } from "./saves.ts";
import { settingsOf } from "./settings.ts";

const task = ownTaskId("text", "0123456789abcdef");
const images = testCatalog.tasks.find(({ id }) => id === "images");
const small = testCatalog.presets.find(({ id }) => id === "small");
if (!images || !small) throw new Error("the test's catalog has changed");
const withText = {
  ...ready,
  catalog: {
    ...testCatalog,
    tasks: [...testCatalog.tasks, { ...images, id: task }],
    presets: [
      ...testCatalog.presets,
      { ...small, id: `small-${task}`, settings: { ...small.settings, task } },
    ],
  },
} as Extract<EngineEvent, { kind: "ready" }>;
const bytes = new Uint8Array([1, 2]).buffer;

/** What a browser keeps, as a list. */
function memory(isFull = false) {
  const kept = new Map<string, DataCommand>();
  const store: DataStore = {
    async put(id, command) {
      if (isFull) throw new DOMException("full", "QuotaExceededError");
      kept.set(id, command);
    },
    get: async (id) => kept.get(id),
    list: async () =>
      [...kept].map(([id, { kind, name }]) => ({ id, kind, name, bytes: 2, usedMs: 0 })),
    async remove(id) {
      kept.delete(id);
    },
  };
  return { kept, store };
}
async function page(data = memory()) {
  const engine = fakeEngine();
  const playground = createPlayground(createClient(engine.open), async () => data.store);
  engine.emit(ready);
  const { actions, view } = playground;
  const preset = () => view.getState().setup.preset;
  return { ...engine, ...data, actions, view, preset };
}
/** A page that has learnt the text, and what it would share and save. */
async function learnt() {
  const p = await page();
  await p.actions.learnText(bytes, "play.txt");
  p.emit(withText);
  await vi.waitFor(() => expect(p.view.getState().kept).toHaveLength(1));
  const settings = settingsOf(withText.catalog, p.view.getState());
  const save: Save = {
    ...{ version: saveVersion, page: "gone", savedMs: 0, title: "A run", backend: "cpu" },
    ...{ settings, runs: [] },
  };
  return { ...p, link: encodeLink(settings), save };
}

it("names data by kind and content, alone or behind a preset's id", () => {
  expect(task).toBe("text-01234567");
  expect(ownTaskIn(task)).toBe(task);
  expect(ownTaskIn(`small-${task}`)).toBe(task);
  for (const id of ["names", "text-1", "text-0123456x", "tiny-images", `${task}-x`])
    expect(ownTaskIn(id)).toBeUndefined();
});

it("keeps what the engine has accepted, and forgets it", async () => {
  const p = await learnt();
  expect(p.kept.get(task)).toMatchObject({ kind: "text", name: "play.txt", bytes });
  await p.actions.forgetKept(task);
  expect(p.kept.size).toBe(0);
  expect(p.view.getState().kept).toEqual([]);
});

it("keeps nothing that is refused", async () => {
  const p = await page();
  await p.actions.learnText(bytes, "play.txt");
  const error = { code: "DatasetError", message: "too short" } as const;
  p.emit({ kind: "refused", runId: p.of("text")[0]?.runId as never, error });
  p.emit(withText);
  expect(p.kept.size).toBe(0);
  expect(p.preset()).not.toContain(task);
});

it("says when there is no room", async () => {
  const p = await page(memory(true));
  await p.actions.learnText(bytes, "play.txt");
  p.emit(withText);
  await vi.waitFor(() => expect(p.view.getState().notices[0]?.title).toBe("Data not kept"));
  expect(p.preset()).toBe(`small-${task}`);
});

it("gives kept data to the engine before it follows a link that names them", async () => {
  const { link, kept, store } = await learnt();
  const later = await page({ kept, store });
  later.actions.followLink(link);
  await vi.waitFor(() => expect(later.of("text")).toHaveLength(1));
  expect(later.preset()).not.toContain(task);
  later.emit(withText);
  await vi.waitFor(() => expect(later.preset()).toBe(`small-${task}`));
  expect(later.view.getState().notices).toEqual([]);
});

it("says what a link lacks, stays where it is, and follows it once the data are opened", async () => {
  const { link } = await learnt();
  const other = await page();
  const before = other.preset();
  other.actions.followLink(link);
  await vi.waitFor(() => expect(other.view.getState().notices[0]?.title).toBe("Own data needed"));
  expect(other.view.getState().notices[0]?.lines[0]).toContain(task);
  expect(other.preset()).toBe(before);
  await other.actions.learnText(bytes, "again.txt");
  other.emit(withText);
  await vi.waitFor(() => expect(other.preset()).toBe(`small-${task}`));
});

it("goes on with a saved run once its data are there, and keeps the offer until then", async () => {
  const { save, kept, store } = await learnt();
  const other = await page();
  other.view.setState({ offer: save });
  other.actions.resume(save);
  await vi.waitFor(() => expect(other.view.getState().notices[0]?.title).toBe("Own data needed"));
  expect(other.view.getState().offer).toBe(save);
  const same = await page({ kept, store });
  same.view.setState({ offer: save });
  same.actions.resume(save);
  await vi.waitFor(() => expect(same.of("text")).toHaveLength(1));
  same.emit(withText);
  await vi.waitFor(() => expect(same.view.getState().offer).toBeUndefined());
  expect(same.preset()).toBe(`small-${task}`);
});

it("lets those go that were not used for longest", () => {
  const set = (id: string, size: number): KeptData => ({
    ...{ id, kind: "text", name: id, bytes: size },
    usedMs: 0,
  });
  const all = [set("new", 30), set("older", 30), set("oldest", 10)];
  expect(beyond(all, 60).map(({ id }) => id)).toEqual(["oldest"]);
  expect(beyond(all, 20).map(({ id }) => id)).toEqual(["new", "older", "oldest"]);
  expect(beyond(all, 70)).toEqual([]);
});
