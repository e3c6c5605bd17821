/** @file The page's store with the engine's host behind it, over a real message channel, on one thread. */
import { beforeAll, beforeEach, vi } from "vitest";
import { selectBackend } from "../../src/engine/backend/index.ts";
import type { Command } from "../../src/protocol/messages.ts";
import type { RunId } from "../../src/protocol/spec.ts";
import { connect, type EngineLink, type RunView } from "../../src/ui/state/store.ts";
import { host } from "../../src/worker/host.ts";
import { hostOptions, pair } from "./endpoints.ts";

/** A page and an engine for the tests of the file that calls this, both anew for each. */
export function hosted() {
  let client: EngineLink;
  beforeAll(async () => {
    await selectBackend("cpu");
  });
  beforeEach(() => {
    const [ui, worker] = pair();
    client = connect(ui);
    host(worker, hostOptions);
  });
  return {
    client: () => client,
    send: (command: Command) => client.send(command),
    /** The run as the page sees it; undefined, whatever its type says, before the engine has told of it. */
    run: (runId: RunId) => client.store.getState().runs[runId] as RunView,
    /** Tries until the check passes: what was sent takes its time. */
    waitFor: (check: () => void) => vi.waitFor(check, { timeout: 20_000 }),
  };
}
