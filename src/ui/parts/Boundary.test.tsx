// @vitest-environment happy-dom
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { Boundary } from "./Boundary.tsx";

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

function Broken(): never {
  throw new Error("no group 7");
}

it("shows why drawing failed instead of nothing", () => {
  // React reports the caught error on the console, too.
  vi.spyOn(console, "error").mockImplementation(() => {});
  render(
    <Boundary>
      <Broken />
    </Boundary>,
  );
  expect(screen.getByRole("alert").textContent).toContain("no group 7");
  expect(screen.getByRole("button", { name: "Reload" })).toBeDefined();
});
