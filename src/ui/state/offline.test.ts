/** @file The page is reloaded once at most, and only where that helps and disturbs nobody. */
import { expect, it } from "vitest";
import { type Surroundings, startOffline } from "./offline.ts";

/** A browser whose service worker takes over as soon as it is registered; counts reloads and registrations. */
function browser(has: Partial<Surroundings> & { readonly controlled?: boolean } = {}) {
  const listeners = new Map<string, (event: { data: unknown }) => void>();
  const kept = new Map<string, string>();
  const seen = { reloads: 0, registered: 0, kept: 0, asked: [] as unknown[] };
  const active = {
    postMessage(message: unknown) {
      seen.asked.push(message);
      listeners.get("message")?.({ data: "kept" });
    },
  };
  const workers = {
    controller: has.controlled ? active : null,
    ready: Promise.resolve({ active }),
    addEventListener: (kind: string, heard: (event: { data: unknown }) => void) =>
      listeners.set(kind, heard),
    async register() {
      seen.registered++;
      if (!has.controlled) listeners.get("controllerchange")?.({ data: undefined });
    },
  } as unknown as Surroundings["workers"];
  const around: Surroundings = {
    workers,
    isIsolated: false,
    isLocal: false,
    isTouched: () => false,
    memory: { getItem: (key) => kept.get(key) ?? null, setItem: (key, v) => kept.set(key, v) },
    reload: () => seen.reloads++,
    onKept: () => seen.kept++,
    ...has,
  };
  return { around, seen };
}

it("reloads once where no headers came, however often the page comes back unisolated", async () => {
  const { around, seen } = browser();
  await startOffline(around);
  await startOffline(around);
  await startOffline(around);
  expect([seen.reloads, seen.registered]).toEqual([1, 3]);
});
it("has everything kept, and says when it is", async () => {
  const { around, seen } = browser({ isIsolated: true });
  await startOffline(around);
  expect(seen).toEqual({ reloads: 0, registered: 1, kept: 1, asked: ["keep"] });
});
it("never reloads under somebody's hands", async () => {
  const { around, seen } = browser({ isTouched: () => true });
  await startOffline(around);
  expect(seen.reloads).toBe(0);
});
it("reloads a page that was taken over before it could listen", async () => {
  const { around, seen } = browser({ controlled: true });
  await startOffline(around);
  expect(seen.reloads).toBe(1);
});
it("keeps nothing where the server is on this machine and isolates by itself", async () => {
  const { around, seen } = browser({ isIsolated: true, isLocal: true });
  await startOffline(around);
  expect(seen.registered).toBe(0);
});
