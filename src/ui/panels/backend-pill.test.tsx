// @vitest-environment happy-dom
/** @file What each backend takes for a step, in figures that a classroom can read. */
import { act, render, screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { fakeEngine, ready } from "../../../test/support/fake-engine.ts";
import { createPlayground, PlaygroundProvider } from "../state/app.ts";
import { createClient } from "../state/client.ts";
import { BackendPill } from "./BackendPill.tsx";

it("tells a step of seconds without an exponent, and why one was not timed", () => {
  const engine = fakeEngine();
  render(
    <PlaygroundProvider value={createPlayground(createClient(engine.open))}>
      <BackendPill />
    </PlaygroundProvider>,
  );
  const speeds = [
    { id: "wasm", msPerStep: 36.44 },
    { id: "webgpu", msPerStep: 2163.2 },
    { id: "webgl", reason: "none here" },
  ] as const;
  act(() => engine.emit(ready, { kind: "measured", speeds }));
  const told = ["WebAssembly: 36.4 ms", "WebGPU: 2,163 ms", "WebGL: not timed, none here"];
  for (const text of told) expect(screen.getByText(text)).toBeTruthy();
});
