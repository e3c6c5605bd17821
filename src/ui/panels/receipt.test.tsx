// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, expect, it, vi } from "vitest";
import {
  fakeEngine,
  makeRuns,
  ready,
  testBurst,
  testCatalog,
} from "../../../test/support/fake-engine.ts";
import type { RunId } from "../../protocol/spec.ts";
import { loadAll } from "../parts/later.tsx";
import { createPlayground, PlaygroundProvider } from "../state/app.ts";
import { createClient } from "../state/client.ts";
import { decodeLink, encodeLink } from "../state/link.ts";
import { repairSettings } from "../state/repair-settings.ts";
import { appVersion } from "../state/version.ts";
import { decodeDigest, digestNumber, encodeDigest } from "../viz/digest.ts";
import { Announcer } from "./Announcer.tsx";
import { Notices } from "./Notices.tsx";
import { ShareButton } from "./ShareButton.tsx";

beforeAll(loadAll);
afterEach(() => {
  cleanup();
  history.replaceState(null, "", "/");
});

const none = "none" as RunId;
/** A page with its engine, opened with an address. */
function page(hash = "") {
  history.replaceState(null, "", `/${hash}`);
  const engine = fakeEngine();
  const playground = createPlayground(createClient(engine.open));
  const { client, view } = playground;
  render(
    <PlaygroundProvider value={playground}>
      <ShareButton />
      <Notices />
      <Announcer />
    </PlaygroundProvider>,
  );
  const answer = () => act(() => makeRuns(engine, client));
  const step = (runId: RunId, count: number) =>
    act(() => engine.emit({ kind: "steps", runId, burst: testBurst(0, count) }));
  act(() => engine.emit(ready));
  answer();
  const runOf = (i = 0) => view.getState().lanes[i]?.runId ?? none;
  return { ...engine, playground, view, answer, step, runOf };
}
const receipt = () => screen.findByRole("region", { name: "Receipt of the link" });
const share = () => fireEvent.click(screen.getByRole("button", { name: /^(Share|Copied)/ }));
/** What a page's link says after so many steps; the page is gone by then. */
async function sharedAfter(steps: number) {
  const before = page();
  before.step(before.runOf(), steps);
  share();
  await receipt();
  const { settings } = decodeLink(testCatalog, location.hash);
  cleanup();
  return settings;
}
const linkTo = (settings: unknown) => encodeLink(repairSettings(testCatalog, settings).settings);
const shared = {
  setup: { preset: "tiny", seed: 42, spaceHyper: { cells: 5 } },
  rate: 8,
  lanes: [
    { method: "rarts", hyper: { lambda: 20 }, optimizers: { alpha: { lr: 0.01 } } },
    { method: "edas", stop: { rules: ["skips"], ends: true } },
  ],
  page: { lesson: { deck: "spring", chapter: 1 }, hide: ["scrubber"] },
};

it("says what a link set, and goes away when it is put away", async () => {
  const p = page(linkTo(shared));
  const said = within(await receipt());
  const rows = screen.getAllByRole("definition").map((dd) => dd.textContent);
  expect(rows).toEqual([
    "IMAGES",
    "CONV",
    "tiny",
    "42",
    "RARTS; Weight λ 20, Learning rate of α 0.01",
    "EDAS; watched by Two skips",
    "Cells 5",
    "8 steps a second at most",
    "Two networks on a spring, chapter 2",
    "Scrubber",
    appVersion,
  ]);
  expect(screen.queryByRole("alert")).toBeNull();
  fireEvent.click(said.getByRole("button", { name: "Put away the receipt" }));
  expect(screen.queryByRole("region", { name: "Receipt of the link" })).toBeNull();
  p.answer();
  share();
  fireEvent.keyDown(await receipt(), { key: "Escape" });
  expect(p.view.getState().receipt).toBeUndefined();
  share();
  await receipt();
  fireEvent.click(screen.getByRole("button", { name: "Receipt of the link that was opened" }));
  expect(screen.getByText("Opened from a link")).toBeDefined();
  fireEvent.click(screen.getByRole("button", { name: "Play these settings" }));
  expect(p.of("play")).toHaveLength(2);
  expect(p.view.getState().receipt).toBeUndefined();
});

it("lists repairs, and is told politely to those who do not see it", async () => {
  page("#1not-a-link");
  const alert = within(await receipt()).getByRole("alert", { name: "Link repaired" });
  expect(alert.textContent).toContain("The link could not be read");
  await vi.waitFor(() =>
    expect(screen.getByRole("status").textContent).toContain("Opened from a link. Its receipt"),
  );
  expect(document.activeElement).toBe(document.body);
});

it("is not shown where the page is embedded, but repairs are", async () => {
  const p = page(linkTo({ ...shared, page: { embed: true } }));
  await vi.waitFor(() => expect(p.view.getState().setup.seed).toBe(42));
  expect(p.view.getState().receipt).toBeUndefined();
  share();
  await vi.waitFor(() => expect(location.hash.length).toBeGreaterThan(3));
  expect(p.view.getState().receipt).toBeUndefined();
});

it("carries a number of a run that its settings alone lead to, and says why of one that has none", async () => {
  const p = page();
  p.step(p.runOf(), 12);
  share();
  const number = within(await receipt()).getByTestId("number A");
  const { lanes, by } = decodeLink(testCatalog, location.hash).settings;
  expect(by).toEqual({ app: appVersion, backend: "cpu" });
  const digest = decodeDigest(lanes[0]?.reached);
  if (!digest) throw new Error("the link has no digest");
  expect(digest.steps).toBe(12);
  expect(number.textContent).toBe(`A after 12 steps: ${digestNumber(digest)}`);
  expect(within(number).queryByRole("button")).toBeNull();
  act(() => {
    const spec = p.of("create").at(-1)?.spec;
    if (spec) p.emit({ kind: "tuned", runId: p.runOf(), step: 5, patch: {}, spec, phases: [] });
  });
  share();
  expect(
    await screen.findByText("Lane A has no number: settings or α were changed while it ran."),
  ).toBeDefined();
  expect(screen.queryByTestId("number A")).toBeNull();
});

it("verifies the number here, by the page's own run or by one beside it", async () => {
  const before = page();
  before.step(before.runOf(), 12);
  share();
  await receipt();
  const link = location.hash;
  cleanup();
  const p = page(link);
  const row = async () => within(within(await receipt()).getByTestId("number A"));
  fireEvent.click((await row()).getByRole("button", { name: "Verify lane A of the link" }));
  const [asked] = p.of("play").slice(-1);
  expect(asked).toMatchObject({ runId: "link1", until: 12 });
  p.answer();
  p.step("link1" as RunId, 12);
  expect((await row()).getByText("Identical through 12 steps.")).toBeDefined();
  expect(p.of("dispose").at(-1)?.runId).toBe("link1");
  // The page's own run has come as far: nothing is computed again.
  p.answer();
  p.step(p.runOf(), 12);
  const commands = p.sent.length;
  fireEvent.click((await row()).getByRole("button"));
  expect((await row()).getByText("Identical through 12 steps.")).toBeDefined();
  expect(p.sent).toHaveLength(commands);
  // With another seed it is another run: the link's own is computed beside it.
  act(() => p.playground.actions.setSeed(99));
  p.answer();
  p.step(p.runOf(), 12);
  fireEvent.click((await row()).getByRole("button"));
  expect(p.of("play").at(-1)).toMatchObject({ runId: "link2", until: 12 });
  expect(p.of("create").at(-1)?.spec.seed).toBe(1);
});

it("says how far another result lies off", async () => {
  const settings = await sharedAfter(12);
  const reached = decodeDigest(settings.lanes[0]?.reached);
  if (!reached) throw new Error("the link has no digest");
  const off = { ...reached, alpha: reached.alpha.map((h) => h ^ 1), sums: [1e-4, 0, 0, 0] };
  const lanes = settings.lanes.map((lane) => ({ ...lane, reached: encodeDigest(off) }));
  const p = page(encodeLink({ ...settings, lanes }));
  await receipt();
  p.answer();
  p.step(p.runOf(), 12);
  fireEvent.click(screen.getByRole("button", { name: "Verify lane A of the link" }));
  const said = screen.getByTestId("number A").textContent;
  expect(said).toContain(
    "Same genotype after 12 steps; α differs by about 0.0000177 an entry, and by at most 0.000119, 19 times out of 20 (within the tolerance of 0.001); first differing decision: none.",
  );
  expect(screen.queryByText(/rounds differently: choose/)).toBeNull();
  expect(said).toContain(`Number here: ${digestNumber(reached)}. Bits differ by step 2`);
});

it("says which backend to choose for the same number", async () => {
  const settings = await sharedAfter(12);
  page(encodeLink({ ...settings, by: { app: "0.0.1", backend: "webgpu" } }));
  const said = (await receipt()).textContent;
  expect(said).toContain(
    "CPU rounds differently: choose WebGPU in the header for the same number.",
  );
  expect(said).toContain(`0.0.1 on WebGPU; here is ${appVersion}, which may compute otherwise`);
});
