// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { created, fakeEngine, ready } from "../../../test/support/fake-engine.ts";
import type { EngineEvent } from "../../protocol/messages.ts";
import { createPlayground, type Playground, PlaygroundProvider } from "../state/app.ts";
import { createClient } from "../state/client.ts";
import { useShortcuts } from "./shortcuts.ts";

/** One of every control that needs some keys for itself. */
function Controls() {
  useShortcuts();
  return (
    <>
      <input type="text" />
      <input type="range" />
      <input type="radio" defaultChecked aria-label="chosen" />
      <input type="radio" aria-label="other" />
      <button type="button">Button</button>
      <select />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: as the cell is, one stop whose arrows walk its edges. */}
      <svg tabIndex={0} role="img" aria-label="cell" />
    </>
  );
}

let engine: ReturnType<typeof fakeEngine>;
let playground: Playground;
beforeEach(() => {
  engine = fakeEngine();
  playground = createPlayground(createClient(engine.open));
  render(
    <PlaygroundProvider value={playground}>
      <Controls />
    </PlaygroundProvider>,
  );
  act(() => {
    engine.emit(ready);
    for (const { runId, spec } of engine.of("create")) engine.emit(created(runId, spec));
  });
});
afterEach(cleanup);

const press = (key: string, init: KeyboardEventInit = {}, target: Element = document.body) =>
  fireEvent.keyDown(target, { key, ...init });
const kinds = () => engine.sent.map(({ kind }) => kind).slice(1);

describe("a key", () => {
  it("does what the help sheet says", () => {
    press(" ");
    press("ArrowRight");
    expect(kinds()).toEqual(["play", "step"]);
    press("r");
    expect(engine.of("create").at(-1)?.spec.seed).toBe(1);
    press("R", { shiftKey: true });
    expect(engine.of("create").at(-1)?.spec.seed).not.toBe(1);
    act(() => {
      for (const { runId, spec } of engine.of("create")) engine.emit(created(runId, spec));
    });
    press("n");
    expect(playground.view.getState().cell).toBe(1);
    press("n");
    expect(playground.view.getState().cell).toBe(0);
    press("c");
    expect(playground.view.getState().lanes).toHaveLength(2);
    press("c");
    expect(playground.view.getState().lanes).toHaveLength(1);
    press("?");
    expect(playground.view.getState().isHelpOpen).toBe(true);
  });

  it.each([
    ["textbox", "", ["r", " ", "ArrowRight", "n", "c", "?"]],
    ["combobox", "", ["r", " ", "ArrowRight"]],
    ["slider", "", ["ArrowRight", " "]],
    ["radio", "other", ["ArrowRight", " "]],
    ["button", "", [" "]],
    ["img", "cell", ["ArrowRight"]],
  ])("is left to a %s %s that needs it", (role, name, keys) => {
    const target = screen.getByRole(role, name ? { name } : {});
    for (const key of keys) press(key, {}, target);
    expect(kinds()).toEqual([]);
    expect(playground.view.getState().isHelpOpen).toBe(false);
  });

  it("plays over a radio button that is on: it has no use for Space", () => {
    press(" ", {}, screen.getByRole("radio", { name: "chosen" }));
    expect(kinds()).toEqual(["play"]);
  });

  it("is left to the browser with Ctrl, Alt or Meta", () => {
    press("r", { ctrlKey: true });
    press("c", { metaKey: true });
    press("r", { altKey: true });
    press("ArrowUp", { altKey: true });
    press("ArrowRight", { altKey: true }, screen.getByRole("textbox"));
    expect(kinds()).toEqual([]);
  });

  it("runs one epoch with Alt and the arrow, wherever the arrow alone is needed", () => {
    const epochs = (of: number | undefined) =>
      act(() => {
        for (const { runId, spec } of engine.of("create"))
          engine.emit({
            ...created(runId, spec),
            ...(of !== undefined && { epoch: of }),
          } as EngineEvent);
      });
    press("ArrowRight", { altKey: true });
    expect(kinds()).toEqual([]);
    expect(playground.view.getState().notices[0]?.title).toBe("No epoch");
    epochs(7);
    press("ArrowRight", { altKey: true }, screen.getByRole("img", { name: "cell" }));
    expect(engine.of("play").map(({ until }) => until)).toEqual([7]);
  });

  it("does not repeat while held, except the step", () => {
    press(" ", { repeat: true });
    press("ArrowRight", { repeat: true });
    expect(kinds()).toEqual(["step"]);
  });
});
