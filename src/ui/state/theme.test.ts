// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { applyTheme, savedTheme } from "./theme.ts";

beforeEach(() => localStorage.clear());

it("marks the document and remembers, until the system decides again", () => {
  expect(savedTheme()).toBe("system");
  applyTheme("dark");
  expect(document.documentElement.dataset["theme"]).toBe("dark");
  expect(savedTheme()).toBe("dark");
  applyTheme("system");
  expect(document.documentElement.dataset["theme"]).toBeUndefined();
  expect(savedTheme()).toBe("system");
});

it("ignores a remembered word that is no theme", () => {
  localStorage.setItem("nas-playground.theme", "sepia");
  expect(savedTheme()).toBe("system");
});

it("works where nothing may be stored", () => {
  vi.stubGlobal("localStorage", {
    getItem: () => {
      throw new DOMException("denied", "SecurityError");
    },
    setItem: () => {
      throw new DOMException("denied", "SecurityError");
    },
  });
  expect(savedTheme()).toBe("system");
  applyTheme("light");
  expect(document.documentElement.dataset["theme"]).toBe("light");
  vi.unstubAllGlobals();
});
