/** @file What comes from outside and is of no use is told: a dropped file that nobody takes, an address that leads nowhere. */
// @vitest-environment happy-dom
import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { fakeEngine } from "../../../test/support/fake-engine.ts";
import { useDroppedFile } from "../hooks/useDroppedFile.ts";
import { createPlayground, PlaygroundProvider } from "../state/app.ts";
import { createClient } from "../state/client.ts";
import { useStrayDrop } from "./use-stray-drop.ts";
import { useStrayLink } from "./use-stray-link.ts";

afterEach(() => {
  cleanup();
  location.hash = "";
});

const isRun = ({ name }: File) => name.endsWith(".nasrun");

function Stray() {
  useStrayDrop();
  useStrayLink();
  return null;
}
function Taker({ taken }: { readonly taken: string[] }) {
  useDroppedFile(isRun, ({ name }) => taken.push(name));
  return null;
}

/** As the page has it: whoever takes files may stand after the one who says what is taken. */
function page() {
  const playground = createPlayground(createClient(fakeEngine().open));
  const taken: string[] = [];
  render(
    <PlaygroundProvider value={playground}>
      <Stray />
      <Taker taken={taken} />
    </PlaygroundProvider>,
  );
  const drop = (name: string, types = ["Files"]) => {
    const event = new Event("drop", { bubbles: true, cancelable: true });
    const files = types.length > 0 ? [new File(["x"], name)] : [];
    Object.defineProperty(event, "dataTransfer", { value: { types, files } });
    document.body.dispatchEvent(event);
    return event.defaultPrevented;
  };
  return { drop, taken, notices: () => playground.view.getState().notices };
}

it("says what it does not take, and keeps the browser on the page", () => {
  const { drop, taken, notices } = page();
  expect(drop("paper.pdf")).toBe(true);
  expect(notices()).toHaveLength(1);
  expect(notices()[0]?.lines[0]).toContain("paper.pdf");
  expect(taken).toEqual([]);
});

it("says nothing of a file that somebody takes, nor of what is no file", () => {
  const { drop, taken, notices } = page();
  expect(drop("a.nasrun")).toBe(true);
  expect(taken).toEqual(["a.nasrun"]);
  expect(drop("", [])).toBe(false);
  expect(notices()).toEqual([]);
});

it.each([
  ["#v1=garbage", 1],
  ["#", 0],
  ["#1abc", 0],
  ["#lesson=luck", 0],
  ["#here", 0],
])("says of the address %s, %d times, that it leads nowhere", (hash, times) => {
  document.body.insertAdjacentHTML("beforeend", '<p id="here"></p>');
  location.hash = hash;
  expect(page().notices()).toHaveLength(times);
});
