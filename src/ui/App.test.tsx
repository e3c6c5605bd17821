// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { fakeEngine, makeRuns, ready, testBurst } from "../../test/support/fake-engine.ts";
import type { EngineEvent, RunStatus } from "../protocol/messages.ts";
import type { RunId } from "../protocol/spec.ts";
import { App } from "./App.tsx";
import { loadAll } from "./parts/later.tsx";
import { createPlayground, PlaygroundProvider } from "./state/app.ts";
import { createClient } from "./state/client.ts";

beforeAll(loadAll);
beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  // Nothing serves the page's recordings here: it does without.
  vi.stubGlobal("fetch", async () => new Response(null, { status: 404 }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** The whole page over an engine that says what the test tells it to. */
function page() {
  const engine = fakeEngine();
  const playground = createPlayground(createClient(engine.open));
  render(
    <PlaygroundProvider value={playground}>
      <App />
    </PlaygroundProvider>,
  );
  const tell = (...events: readonly EngineEvent[]) => act(() => engine.emit(...events));
  const answer = () => act(() => makeRuns(engine, playground.client));
  const runId = (i = 0) => playground.view.getState().lanes[i]?.runId ?? ("none" as RunId);
  return {
    ...engine,
    playground,
    tell,
    answer,
    runId,
    status: (status: RunStatus, i = 0) => tell({ kind: "status", runId: runId(i), status }),
    wait: (ms: number) => act(() => vi.advanceTimersByTime(ms)),
  };
}
function readyPage() {
  const p = page();
  p.tell(ready);
  act(() => p.playground.actions.choosePreset("tiny"));
  // As if the page had begun with it.
  p.sent.splice(0, p.sent.length - 1);
  p.answer();
  return p;
}
const button = (name: string | RegExp) => screen.getByRole("button", { name });

describe("before the engine is ready", () => {
  it("says what it is doing and offers nothing that cannot work", () => {
    const p = page();
    expect(screen.getByText(/looking for the best backend/)).toBeDefined();
    fireEvent.click(button("Play"));
    expect(p.sent).toEqual([]);
    expect(button("Play").getAttribute("aria-disabled")).toBe("true");
  });
  it("shows why there is no engine, and starts it again", () => {
    const p = page();
    act(() => p.die("out of memory"));
    expect(screen.getByRole("alert").textContent).toContain("out of memory");
    fireEvent.click(button("Start again"));
    expect(p.choices).toEqual(["auto", "auto"]);
    expect(screen.queryByRole("alert")).toBeNull();
  });
});

describe("the transport", () => {
  it("plays, pauses and keeps one button for both", () => {
    const p = readyPage();
    const play = button("Play");
    fireEvent.click(play);
    expect(p.of("play")).toHaveLength(1);
    p.status("playing");
    expect(button("Pause")).toBe(play);
    fireEvent.click(play);
    expect(p.of("pause")).toHaveLength(1);
  });
  it("tells of loading, stepping and the end, and explains why Play is over", () => {
    const p = readyPage();
    const progress = { what: "data", done: 2, total: 8 } as const;
    p.tell({ kind: "progress", runId: p.runId(), progress });
    p.wait(300);
    expect(screen.getByText("Loading data: shard 3 of 8")).toBeDefined();
    p.tell({ kind: "steps", runId: p.runId(), burst: testBurst(0, 7) });
    p.wait(300);
    expect(screen.getByText("Paused at step 7 of 100")).toBeDefined();
    p.status("finished");
    p.wait(300);
    expect(button("Play").getAttribute("aria-disabled")).toBe("true");
    expect(button("Play").title).toContain("Reset starts it again");
  });
  it("counts the seconds of a long step", () => {
    const p = readyPage();
    p.status("playing");
    p.wait(300);
    p.wait(5000);
    expect(screen.getByText(/computing step 1 of 100, [45] s so far/)).toBeDefined();
  });
  it("renders numbers at most four times a second", () => {
    const p = readyPage();
    p.status("playing");
    p.wait(1000);
    const line = screen.getByText("Running: step 0 of 100");
    let changes = 0;
    const observer = new MutationObserver((records) => {
      changes += records.length;
    });
    observer.observe(line, { characterData: true, subtree: true, childList: true });
    for (let i = 0; i < 20; i++) {
      p.tell({ kind: "steps", runId: p.runId(), burst: testBurst(i, 1) });
      p.wait(50);
    }
    changes += observer.takeRecords().length;
    expect(line.textContent).toMatch(/step (1[5-9]|20) of 100/);
    expect(changes).toBeLessThanOrEqual(5);
  });
});

describe("settings", () => {
  it("tune a running lane once per frame while a slider moves", () => {
    const p = readyPage();
    p.status("playing");
    const slider = screen.getByRole("slider", { name: "Look-ahead ξ" });
    for (const value of ["100", "300", "500"]) fireEvent.change(slider, { target: { value } });
    expect(
      screen.getByRole<HTMLInputElement>("textbox", { name: "Look-ahead ξ, value" }).value,
    ).toBe("0.5");
    p.wait(50);
    expect(p.of("tune").map((c) => c.patch)).toEqual([{ hyper: { xi: 0.5 } }]);
  });
  it("clamp what is typed, and name the range", () => {
    const p = readyPage();
    const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Look-ahead ξ, value" });
    fireEvent.change(field, { target: { value: "9" } });
    fireEvent.blur(field);
    expect(field.value).toBe("1");
    expect(screen.getByRole("alert").textContent).toBe("9 is outside 0 to 1: set to 1.");
    p.wait(50);
    expect(p.of("tune").map((c) => c.patch)).toEqual([{ hyper: { xi: 1 } }]);
    fireEvent.change(field, { target: { value: "x" } });
    fireEvent.blur(field);
    expect(field.value).toBe("1");
    expect(screen.getByRole("alert").textContent).toContain("not a number");
  });
  it("mark what needs a new run, and offer it once the run has begun", () => {
    const p = readyPage();
    p.tell({ kind: "steps", runId: p.runId(), burst: testBurst(0, 1) });
    fireEvent.change(screen.getByRole("slider", { name: "Cells" }), { target: { value: "5" } });
    p.wait(1000);
    expect(p.of("create")).toHaveLength(1);
    expect(screen.getByText(/Waiting for a Reset: Cells/)).toBeDefined();
    fireEvent.click(button("Reset now"));
    expect(p.of("create")[1]?.spec.spaceHyper).toEqual({ cells: 5 });
  });
  it("offer methods that can search the space, say which cannot, and label a reconstruction", () => {
    const p = readyPage();
    const method = screen.getByRole("combobox", { name: "Method" });
    const all = () => within(method).getAllByRole<HTMLOptionElement>("option");
    expect(all().map((o) => o.textContent)).toEqual(["DARTS", "RARTS", "EDAS"]);
    fireEvent.change(method, { target: { value: "edas" } });
    expect(screen.getByText("reconstruction")).toBeDefined();
    fireEvent.click(screen.getByRole("radio", { name: "Toy" }));
    p.answer();
    const offered = all().filter((o) => !o.disabled);
    expect(offered.map((o) => o.textContent)).toEqual(["DARTS", "RARTS"]);
    expect(all().find((o) => o.disabled)?.textContent).toMatch(/^EDAS \(not for: /);
  });
});

describe("lanes", () => {
  it("are compared side by side, each with its own settings", () => {
    const p = readyPage();
    fireEvent.click(button("Add lane to compare"));
    p.answer();
    p.status("playing", 1);
    expect(screen.getByTestId("lane-A").dataset["status"]).toBe("paused");
    expect(screen.getByTestId("lane-B").dataset["status"]).toBe("playing");
    expect(screen.getByRole("slider", { name: "Weight λ" })).toBeDefined();
    fireEvent.click(screen.getByRole("radio", { name: "Lane A" }));
    expect(screen.getByRole("slider", { name: "Look-ahead ξ" })).toBeDefined();
    expect(button("Add lane to compare").getAttribute("aria-disabled")).toBe("false");
    fireEvent.click(button("Remove lane A"));
    expect(screen.queryByTestId("lane-A")).toBeNull();
  });
  it("show a failure with advice, and Retry makes the run again", () => {
    const p = readyPage();
    p.tell({
      kind: "failed",
      runId: p.runId(),
      error: { code: "DatasetError", message: "shard 3: SHA-256 is a, expected b" },
    });
    expect(screen.getByRole("alert").textContent).toContain("shard 3: SHA-256 is a, expected b.");
    fireEvent.click(button("Retry"));
    expect(p.of("create")).toHaveLength(2);
    p.answer();
    expect(screen.queryByRole("alert")).toBeNull();
  });
  it("show what the engine refused and go on", () => {
    const p = readyPage();
    p.tell({
      kind: "refused",
      runId: p.runId(),
      error: { code: "HyperError", message: "xi = 9 is outside [0, 1]" },
    });
    expect(screen.getByRole("alert").textContent).toContain("xi = 9 is outside [0, 1]");
    expect(screen.getByTestId("lane-A").dataset["status"]).toBe("paused");
  });
  it("give their genotype to the clipboard, and say so", async () => {
    const p = readyPage();
    const written: string[] = [];
    vi.stubGlobal("navigator", {
      clipboard: { writeText: async (text: string) => void written.push(text) },
    });
    p.tell({ kind: "steps", runId: p.runId(), burst: testBurst(0, 3) });
    p.wait(300);
    fireEvent.click(button("Copy genotype of lane A"));
    await act(async () => {});
    expect(written).toEqual(["Genotype(3)"]);
    expect(button("Copied")).toBeDefined();
    p.wait(2500);
    expect(button("Copy genotype of lane A")).toBeDefined();
    vi.unstubAllGlobals();
  });
});

describe("a genotype's format", () => {
  it("can be chosen; what is shown is what is copied", () => {
    const p = readyPage();
    const burst = testBurst(0, 3);
    const edge = { from: 0, to: 1, op: "none" };
    const genotype = { space: "nb201", groups: { cell: [edge] }, text: "|none~0|" };
    p.tell({ kind: "steps", runId: p.runId(), burst: { ...burst, genotype } });
    p.wait(300);
    const shown = () => screen.getByLabelText("Genotype of lane A").textContent;
    expect(shown()).toBe("|none~0|");
    fireEvent.change(screen.getByLabelText("Format of lane A's genotype"), {
      target: { value: "json" },
    });
    expect(JSON.parse(shown() ?? "")).toEqual({ space: "nb201", groups: { cell: [edge] } });
  });
});

describe("the rest of the page", () => {
  it("tells a screen reader of changes at most every five seconds, merged", () => {
    const p = readyPage();
    p.wait(6000);
    const status = screen.getByRole("status");
    expect(status.textContent).toBe("Lane A paused.");
    p.status("playing");
    p.wait(100);
    expect(status.textContent).toBe("Lane A running.");
    p.status("paused");
    p.status("playing");
    p.status("finished");
    p.wait(2000);
    expect(status.textContent).toBe("Lane A running.");
    p.wait(4000);
    expect(status.textContent).toBe("Lane A finished.");
  });
  it("names the backend, why others were refused, and starts on another", () => {
    const p = readyPage();
    expect(button(/Backend: CPU/)).toBeDefined();
    expect(screen.getByText("Not WebGPU: no adapter")).toBeDefined();
    fireEvent.change(screen.getByLabelText("Use"), { target: { value: "webgl" } });
    expect(p.choices).toEqual(["auto", "webgl"]);
    expect(screen.getByText("Starting on WebGL…")).toBeDefined();
  });
  it("opens its help by key and by button, and closes it", () => {
    readyPage();
    fireEvent.keyDown(document.body, { key: "?" });
    const dialog = screen.getByRole<HTMLDialogElement>("dialog");
    expect(dialog.open).toBe(true);
    act(() => dialog.close());
    expect(dialog.open).toBe(false);
    fireEvent.click(button("Help"));
    expect(dialog.open).toBe(true);
  });
  it("goes through the themes and remembers", () => {
    const p = readyPage();
    fireEvent.click(button("Theme: System"));
    fireEvent.click(button("Theme: Light"));
    p.wait(50);
    expect(document.documentElement.dataset["theme"]).toBe("dark");
    expect(button("Theme: Dark")).toBeDefined();
    fireEvent.click(button("Theme: Dark"));
    p.wait(50);
    expect(document.documentElement.dataset["theme"]).toBeUndefined();
  });
});
