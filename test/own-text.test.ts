/** @file A text that comes before anything else is a problem from the first `ready` on, with the presets of names. */
import { expect, it } from "vitest";
import { registry } from "../src/engine/index.ts";
import type { Command, EngineEvent } from "../src/protocol/messages.ts";
import type { RunId } from "../src/protocol/spec.ts";
import { host } from "../src/worker/host.ts";

it("is in the first catalog, with presets that are valid for it", () => {
  const events: EngineEvent[] = [];
  const runId = "own data" as RunId;
  const bytes = new TextEncoder().encode("to be or not to be\n".repeat(100)).buffer;
  const early: Command[] = [{ kind: "text", runId, name: "play.txt", bytes }];
  host(
    {
      postMessage: (event) => events.push(event),
      onMessage: (listener) => early.forEach(listener),
    },
    {
      registry,
      read: () => Promise.reject(new Error("nothing is read")),
      backend: {
        report: { id: "cpu", device: "test", refused: [] },
        assertHealthy() {},
      },
    },
  );
  const [first] = events;
  if (first?.kind !== "ready") throw new Error(`the first event is ${first?.kind}`);
  const task = first.catalog.tasks.at(-1);
  expect(task?.label).toBe("play.txt");
  const own = first.catalog.presets.filter(({ settings }) => settings.task === task?.id);
  const names = first.catalog.presets.filter(({ settings }) => settings.task === "names");
  expect(own.length).toBe(names.length);
  expect(own.length).toBeGreaterThan(0);
  const { tasks } = first.catalog.spaces.find(({ id }) => id === own[0]?.settings.space) ?? {};
  expect(tasks).toContain(task?.id);
});
