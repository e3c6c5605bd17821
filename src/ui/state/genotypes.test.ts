import { expect, it } from "vitest";
import {
  trainerCatalog as catalog,
  created,
  readyPage,
  readyToTrain,
  testBurst,
} from "../../../test/support/fake-engine.ts";
import { decodeLink, encodeLink } from "./link.ts";
import { settingsOf } from "./settings.ts";

const cell =
  "Genotype(normal=[('sep_conv_3x3', 0), ('skip_connect', 1)], normal_concat=[2], reduce=[('skip_connect', 0), ('skip_connect', 1)], reduce_concat=[2])";

/** A page with one searching lane at step 3. */
function page() {
  const engine = readyPage(readyToTrain);
  const { view, actions } = engine;
  actions.choosePreset("tiny");
  const last = () => engine.of("create").at(-1);
  const answer = () => {
    const made = last();
    if (made) engine.emit(created(made.runId, made.spec));
    return made;
  };
  const first = answer();
  if (!first) throw new Error("no run was made");
  engine.emit({ kind: "steps", runId: first.runId, burst: testBurst(0, 3) });
  const lane = (id: string) => view.getState().lanes.find((l) => l.id === id);
  const link = () => encodeLink(settingsOf(catalog, view.getState()));
  return { ...engine, last, answer, lane, link };
}

it("trains a typed genotype once it can be read, and keeps one that cannot", () => {
  const p = page();
  p.actions.setMethod("A", "fixed");
  const before = p.of("create").length;
  p.actions.draftGenotype("A", "Genotype(normal=[('skip");
  p.actions.useDraft("A");
  expect(p.of("create")).toHaveLength(before);
  expect(p.lane("A")?.draft).toBe("Genotype(normal=[('skip");
  p.actions.draftGenotype("A", ` ${cell}\n`);
  p.actions.useDraft("A");
  expect(p.last()?.spec).toMatchObject({ method: "fixed", genotype: cell });
  expect(p.lane("A")?.draft).toBeUndefined();
  p.actions.draftGenotype("A", "");
  p.actions.useDraft("A");
  expect(p.last()?.spec).not.toHaveProperty("genotype");
});

it("trains a lane's cell in a lane of its own", () => {
  const p = page();
  p.actions.trainCell({ space: "conv", groups: {}, text: cell });
  expect(p.lane("B")).toMatchObject({ method: "fixed", genotype: cell });
  expect(p.last()?.spec).toMatchObject({ method: "fixed", genotype: cell, seed: 1 });
  expect(p.view.getState().selected).toBe("B");
});

it("keeps the genotype for its own method alone, and as a draft in another space", () => {
  const p = page();
  p.actions.trainCell({ space: "conv", groups: {}, text: cell });
  p.actions.setMethod("B", "darts");
  expect(p.last()?.spec).not.toHaveProperty("genotype");
  p.actions.setMethod("B", "fixed");
  expect(p.last()?.spec.genotype).toBe(cell);
  p.actions.choosePreset("small");
  expect(p.lane("B")?.genotype).toBe(cell);
  p.actions.choosePreset("toy");
  expect(p.lane("B")).toMatchObject({ draft: cell });
  expect(p.lane("B")?.genotype).toBeUndefined();
});

it("puts the genotype into links, and tells where one in a link is wrong", () => {
  const p = page();
  p.actions.trainCell({ space: "conv", groups: {}, text: cell });
  const read = decodeLink(catalog, p.link());
  expect(read).toEqual({ settings: settingsOf(catalog, p.view.getState()), repairs: [] });
  expect(read.settings.lanes[1]?.genotype).toBe(cell);
  const [first, second] = read.settings.lanes;
  if (!first || !second) throw new Error("no lanes");
  const wrong = { ...second, genotype: "Genotype(\nnormal=7)" };
  const mended = decodeLink(catalog, encodeLink({ ...read.settings, lanes: [first, wrong] }));
  expect(mended.settings.lanes[1]).not.toHaveProperty("genotype");
  expect(mended.repairs).toHaveLength(1);
  expect(mended.repairs[0]).toMatch(/Lane B, genotype is left out: line 2, column 8: expected/);
});

it("follows a link to a trained genotype, and keeps it in run files; one that is shown ends what was said of another", async () => {
  const p = page();
  p.actions.trainCell({ space: "conv", groups: {}, text: cell });
  const fixedRun = p.answer();
  if (!fixedRun) throw new Error("no run was made");
  p.emit({ kind: "steps", runId: fixedRun.runId, burst: testBurst(0, 2) });
  p.actions.applySettings(decodeLink(catalog, p.link()).settings);
  expect(p.last()?.spec).toMatchObject({ method: "fixed", genotype: cell });
  const made = p.answer();
  if (!made) throw new Error("no run was made");
  p.emit({ kind: "steps", runId: made.runId, burst: testBurst(0, 2) });
  const bytes = p.actions.runFile();
  const other = page();
  const titles = () => other.view.getState().notices.map(({ title }) => title);
  await other.actions.openRunFile(new Uint8Array(9), "notes.pdf");
  expect(titles()).toEqual(["File refused"]);
  await other.actions.openRunFile(bytes as Uint8Array, "runs.nas");
  expect(titles()).toEqual([]);
  expect(other.lane("A")?.genotype).toBe(cell);
  other.actions.reset();
  expect(other.last()?.spec).toMatchObject({ method: "fixed", genotype: cell });
});

it("asks for accuracy and keeps the newest answer", () => {
  const p = page();
  p.actions.evaluate("A");
  const [asked] = p.of("evaluate");
  if (!asked) throw new Error("nothing was asked");
  const found = { step: 3, loss: 1.5, accuracy: 0.25, examples: 64 };
  p.emit({ kind: "evaluated", runId: asked.runId, ...found });
  expect(p.client.store.getState().runs[asked.runId]?.evaluated).toMatchObject(found);
});
