/** @file Lessons keep their word: short, valid for the real catalog, and their steps lead to what they speak of. */
import { readFile } from "node:fs/promises";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { selectBackend } from "../src/engine/backend/index.ts";
import { catalog, registry } from "../src/engine/index.ts";
import type { Facts } from "../src/ui/lessons/deck.ts";
import { mostWords } from "../src/ui/lessons/deck.ts";
import { decks, placeLink, readPlaceLink } from "../src/ui/lessons/index.ts";
import { createPlayground } from "../src/ui/state/app.ts";
import { createClient } from "../src/ui/state/client.ts";
import { sceneSettings } from "../src/ui/state/lessons.ts";
import { decodeLink } from "../src/ui/state/link.ts";
import { repairSettings } from "../src/ui/state/repair-settings.ts";
import { host } from "../src/worker/host.ts";
import { hostOptions, pair } from "./support/endpoints.ts";

beforeAll(() => selectBackend("cpu"));
beforeEach(() => {
  vi.unstubAllGlobals();
  // A page that draws no frames.
  vi.stubGlobal("document", { hidden: true });
});
const offer = catalog(registry);
const chapters = decks.flatMap((deck) =>
  deck.chapters.map((chapter, i) => [deck.id, i, chapter] as const),
);
const words = (text: string) => text.split(/\s+/).length;

const chapterRate = (deck: string) => (decks.find(({ id }) => id === deck)?.isHeavy ? 25 : 1000);

/** A page with the real engine behind it, and the images of this repository. */
function page() {
  const client = createClient(() => {
    const [ui, engine] = pair();
    host(engine, {
      ...hostOptions,
      backend: {
        ...hostOptions.backend,
        report: { id: "wasm", device: "test", refused: [] },
      },
      registry,
      read: async (path) => {
        const bytes = await readFile(new URL(`../public/${path}`, import.meta.url));
        return bytes.buffer.slice(
          bytes.byteOffset,
          bytes.byteOffset + bytes.byteLength,
        ) as ArrayBuffer;
      },
    });
    return { ...ui, onFailure: () => {}, close: () => {} };
  });
  const { lessons, mode, view, actions } = createPlayground(client);
  const facts = () => lessons.facts.get();
  const until = (is: (facts: Facts) => boolean, what: string) =>
    vi.waitFor(() => expect(is(facts()), what).toBe(true), { timeout: 60_000, interval: 20 });
  const are = (status: "paused" | "finished") =>
    view.getState().lanes.every(({ runId }) => {
      const run = runId && client.store.getState().runs[runId];
      return run && run.status === status;
    });
  return {
    lessons,
    mode,
    view,
    actions,
    facts,
    until,
    /** The last step comes before the word that it was the last. */
    end: () => until(() => are("finished"), "the end"),
    /** Enters a chapter and lets it go as fast as it can. */
    async enter(deck: string, chapter: number) {
      await vi.waitFor(() => expect(client.store.getState().backend).toBeDefined(), 10_000);
      await lessons.enter({ deck, chapter });
      await vi.waitFor(() => expect(are("paused")).toBe(true), { timeout: 60_000 });
      // Paced, so that the engine, here on the same thread, lets timers and messages through.
      view.setState({ rate: chapterRate(deck) });
    },
  };
}

describe("every chapter", () => {
  it.each(chapters)("%s %i is short", (_, __, { text, card }) => {
    expect(words(text)).toBeLessThanOrEqual(mostWords);
    expect(words(card?.why ?? "")).toBeLessThanOrEqual(mostWords);
    if (card) expect(card.options.length).toBeLessThanOrEqual(4);
  });
  it.each(chapters)("%s %i is set as the catalog allows", (_, __, { scene, card, action }) => {
    const deeds = [...(card?.reveal ?? []), ...(action?.deeds ?? [])];
    const scenes = [scene, ...deeds.flatMap((deed) => (deed.kind === "scene" ? [deed.scene] : []))];
    for (const one of scenes) expect(repairSettings(offer, sceneSettings(one)).repairs).toEqual([]);
    for (const deed of deeds) {
      if (deed.kind !== "hyper") continue;
      const method = scene.lanes["ABCDEFGH".indexOf(deed.lane)]?.method;
      const field = offer.methods.find(({ id }) => id === method)?.hyper[deed.name];
      expect(field).toMatchObject({ live: true });
      expect(deed.value).toBeGreaterThanOrEqual(field?.min ?? Number.NaN);
      expect(deed.value).toBeLessThanOrEqual(field?.max ?? Number.NaN);
    }
  });
  it.each(chapters)("%s %i has a short link", (deck, chapter) => {
    expect(readPlaceLink(placeLink({ deck, chapter }))).toEqual({
      place: { deck, chapter },
      repairs: [],
    });
  });
});

it("repairs links to lessons that do not exist, and says so", () => {
  const list = "; the list of lessons is shown.";
  const [spring, luck] = ["spring", "luck"].map((id) => decks.find((deck) => deck.id === id));
  if (!spring || !luck) throw new Error("two decks are expected");
  const none = (deck: typeof luck, number: string, used: number) =>
    `“${deck.title}” has chapters 1 … ${deck.chapters.length}, none is “${number}”; ${used} is shown.`;
  const last = (deck: typeof luck) => deck.chapters.length;
  for (const [hash, place, ...repairs] of [
    ["#lesson/nonsense/99", undefined, `There is no lesson “nonsense”${list}`],
    ["#lesson/luck/99", { deck: "luck", chapter: last(luck) - 1 }, none(luck, "99", last(luck))],
    ["#lesson/luck/-1", { deck: "luck", chapter: 0 }, none(luck, "-1", 1)],
    ["#lesson/luck/0", { deck: "luck", chapter: 0 }, none(luck, "0", 1)],
    ["#lesson/luck/1.5", { deck: "luck", chapter: 0 }, none(luck, "1.5", 1)],
    ["#lesson/spring/x", { deck: "spring", chapter: 0 }, none(spring, "x", 1)],
    ["#lesson/luck/2/3", { deck: "luck", chapter: 1 }, "“3” after the chapter is left out."],
    ["#lesson/", undefined, `The link names no lesson${list}`],
    ["#lesson", undefined, `The link names no lesson${list}`],
    ["#lessons/luck", undefined, `There is no lesson “#lessons/luck”${list}`],
    ["#lesson/luck/", { deck: "luck", chapter: 0 }],
    ["#Lesson/Luck/2", { deck: "luck", chapter: 1 }],
  ] as const)
    expect(readPlaceLink(hash), hash).toEqual({ ...(place && { place }), repairs });
  expect(readPlaceLink("#stage")).toBeUndefined();
  const { settings, repairs } = repairSettings(offer, {
    setup: { preset: "toy" },
    lanes: [{ method: "darts" }],
    page: { lesson: { deck: "spring", chapter: 40 }, embed: 1, hide: ["rail", "all"], more: 0 },
  });
  expect(settings.page).toEqual({ lesson: { deck: "spring", chapter: 3 }, hide: ["rail"] });
  expect(repairs).toHaveLength(4);
});

describe("a step leads to the state that its chapter speaks of", () => {
  const acting = chapters.filter(([, , { action, done }]) => action && done);
  it.each(acting)(
    "%s %i",
    async (deck, i, { done, finding }) => {
      const p = page();
      await p.enter(deck, i);
      // A seed is drawn anew, everything else has still to happen.
      expect(done?.(p.facts())).toBe(false);
      await p.lessons.act();
      await p.until((facts) => done?.(facts) ?? false, "done");
      p.actions.pause();
      if (!finding) return;
      await vi.waitFor(() => expect(finding(p.facts())).toMatch(/\d|seed/), { timeout: 30_000 });
      expect(words(finding(p.facts()) ?? "")).toBeLessThanOrEqual(mostWords);
    },
    90_000,
  );

  const asking = chapters.filter(([, , { card }]) => card);
  /** What follows from the closed form or from the code; undefined where it is the run's own. */
  const answers: Readonly<Record<string, number | undefined>> = {
    "first-order 2": 1,
    "first-order 3": 2,
    "spring 2": 0,
    "same-dice 1": 2,
    "hollow-ropes 1": 1,
  };
  it.each(asking)(
    "%s %i reveals its answer",
    async (deck, i, { card }) => {
      const p = page();
      await p.enter(deck, i);
      expect(card?.answer(p.facts())).toBeUndefined();
      p.lessons.vote(0);
      await p.lessons.reveal();
      p.lessons.vote(0);
      expect(p.mode.getState().votes[0]).toBe(1);
      await p.until((facts) => card?.answer(facts) !== undefined, "answered");
      p.actions.pause();
      const answer = card?.answer(p.facts());
      const known = answers[`${deck} ${i}`];
      if (known !== undefined) expect(answer).toBe(known);
      expect(card?.options[answer ?? -1]).toBeDefined();
    },
    90_000,
  );
});

it("two equal lanes are exactly as far, and methods end where the lessons say", async () => {
  const p = page();
  await p.enter("same-dice", 0);
  await p.lessons.act();
  await p.until(({ lanes }) => lanes.every(({ steps }) => steps === 1), "one step");
  const [a, b] = p.facts().lanes;
  expect(a?.toy).toEqual(b?.toy);
  await p.enter("spring", 3);
  expect(p.facts().lanes[0]?.end).toMatchObject({ kind: "point", alpha: expect.closeTo(4, 9) });
});

it("none set by hand is never kept by DARTS's rule, and is by a rule that allows it", async () => {
  const p = page();
  await p.enter("hollow-ropes", 1);
  await p.lessons.reveal();
  const hollow = decks.find(({ id }) => id === "hollow-ropes")?.chapters;
  await p.until((facts) => hollow?.[1]?.card?.answer(facts) === 1, "not kept");
  expect(hollow?.[1]?.finding?.(p.facts())).toMatch(/^On [1-4] of 4 kept edges, .* 7\d % none/);
  await p.enter("hollow-ropes", 2);
  await p.lessons.act();
  await p.until((facts) => hollow?.[2]?.finding?.(facts)?.includes("1 of 4") ?? false, "kept");
});

it("before their first step a searched and a drawn cell are one, as the lesson says", async () => {
  const p = page();
  await p.enter("luck", 1);
  await vi.waitFor(() => expect(p.facts().lanes.every(({ cells }) => cells.length > 0)).toBe(true));
  const [a, b] = p.facts().lanes.map(({ cells }) => cells.map(({ kept }) => kept));
  expect(a).toEqual(b);
});

it.each([
  ["#lesson/spring/2", "rarts"],
  ["#lesson/there-is-none", "darts"],
])("opens %s with nothing else before it", async (hash, method) => {
  vi.stubGlobal("location", { hash });
  const p = page();
  const seen = new Set<string | undefined>();
  p.view.subscribe(({ lanes }) => seen.add(lanes.map((lane) => lane.method).join()));
  await p.until(({ lanes: [a] }) => a?.end !== undefined, "a lane of the toy");
  seen.delete("");
  expect([...seen]).toEqual([method]);
});

it("a lesson's link is seen whatever another link hid, and takes its receipt's place", async () => {
  vi.stubGlobal("location", { hash: "", href: "https://example.org/" });
  const p = page();
  await p.enter("first-order", 0);
  const settings = (await p.lessons.link({ hide: ["rail"] })) ?? "";
  p.actions.followLink(settings);
  p.lessons.follow(settings);
  await vi.waitFor(() => expect(p.view.getState().receipt?.kind).toBe("opened"));
  await vi.waitFor(() => expect(p.mode.getState().hidden).toEqual(["rail"]));
  p.lessons.follow("#lesson/luck/99");
  const said = () => p.view.getState().notices.map(({ title }) => title);
  await vi.waitFor(() => expect(said()).toEqual(["Link repaired"]));
  expect(p.view.getState()).toMatchObject({ receipt: undefined, opened: undefined });
  expect(p.mode.getState()).toMatchObject({ hidden: [], lesson: { deck: "luck", chapter: 2 } });
  p.lessons.follow("#Lesson/spring");
  await vi.waitFor(() => expect(p.mode.getState().lesson?.deck).toBe("spring"));
  expect(said()).toEqual([]);
});

it("a chapter's button plays a run again that has come to its end", async () => {
  const p = page();
  await p.enter("first-order", 0);
  await p.lessons.act();
  await p.end();
  const [first] = p.facts().lanes;
  await p.lessons.act();
  await p.until(({ lanes: [a] }) => (a?.steps ?? 1000) < 1000, "again");
  await p.end();
  expect(p.facts().lanes[0]?.steps).toBe(1000);
  expect(p.facts().lanes[0]?.toy).toEqual(first?.toy);
});

it("findings speak of the moment on show, and what is done stays done", async () => {
  const p = page();
  await p.enter("first-order", 0);
  await p.lessons.act();
  await p.until(({ lanes: [a] }) => (a?.steps ?? 0) > 20, "twenty steps");
  p.actions.pause();
  p.actions.scrubTo(3);
  expect(p.lessons.facts.shown.get().lanes[0]?.steps).toBe(3);
  expect(p.facts().lanes[0]?.steps).toBeGreaterThan(20);
});

it("EDAS moves one edge a cell and DARTS all, as the lesson counts", async () => {
  for (const [chapter, is] of [
    [0, (moved: number, of: number) => moved === of],
    [1, (moved: number) => moved === 1],
  ] as const) {
    const p = page();
    await p.enter("one-edge", chapter);
    await p.lessons.act();
    await p.until(({ lanes: [a] }) => a?.steps === 1, "one step");
    for (const { moved, group } of p.facts().lanes[0]?.cells ?? [])
      expect(is(moved ?? -1, group.edges.length), `${moved} of ${group.edges.length}`).toBe(true);
  }
});

it("shares a chapter by its short link, and changed settings in full, with the chapter", async () => {
  const p = page();
  await p.enter("first-order", 2);
  p.actions.setRateLimit(60);
  expect(await p.lessons.link()).toBe("#lesson/first-order/3");
  p.actions.setHyper("A", "xi", 0.25);
  const link = (await p.lessons.link({ embed: true })) ?? "";
  expect(decodeLink(offer, link)).toMatchObject({
    settings: {
      lanes: [{ hyper: { xi: 0.25 } }],
      page: { lesson: { deck: "first-order", chapter: 2 }, embed: true },
    },
    repairs: [],
  });
});
