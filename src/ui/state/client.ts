/** @file The page's end of the wire: one worker at a time, replaced when the user chooses another backend. */
import { createStore } from "zustand/vanilla";
import type { Command, Endpoint, EngineEvent } from "../../protocol/messages.ts";
import type { BackendId } from "../../protocol/spec.ts";
import { type EngineLink, type EngineState, initialState, reduce } from "./store.ts";

/** Which backend the worker is to use; "auto" takes the first that passes the probe. */
export type BackendChoice = BackendId | "auto";

/** An endpoint that can die, and be ended. */
export interface Connection extends Endpoint<EngineEvent, Command> {
  /** Called with a sentence when nothing more can come from the other side. */
  onFailure(listener: (reason: string) => void): void;
  close(): void;
}

/** The engine as panels know it. */
export interface EngineClient extends EngineLink {
  /** Ends the engine with all its runs and starts one anew; the catalog stays known meanwhile. */
  restart(choice: BackendChoice): void;
}

/** A client whose connections come from `open`: the worker in the page, a fake in tests. */
export function createClient(open: (choice: BackendChoice) => Connection): EngineClient {
  const store = createStore<EngineState>(() => initialState);
  const start = (choice: BackendChoice): Connection => {
    const mine = open(choice);
    const fold = (event: EngineEvent) => {
      // What a closed worker had already posted must not reach its successor's state.
      if (mine === current) store.setState((state) => reduce(state, event), true);
    };
    mine.onMessage(fold);
    mine.onFailure((message) =>
      fold({ kind: "unusable", error: { code: "WorkerError", message } }),
    );
    return mine;
  };
  let current = start("auto");
  return {
    store,
    send: (command, transfer) => current.postMessage(command, transfer),
    restart(choice) {
      current.close();
      store.setState(({ catalog }) => ({ ...initialState, catalog }), true);
      current = start(choice);
    },
  };
}

/** Starts the engine's worker, which reads the choice from its name. */
export function connectWorker(choice: BackendChoice): Connection {
  const worker = new Worker(new URL("../../worker/worker.ts", import.meta.url), {
    type: "module",
    name: choice,
  });
  return {
    postMessage: (message, transfer = []) => worker.postMessage(message, [...transfer]),
    onMessage(listener) {
      worker.addEventListener("message", (event) => listener(event.data));
    },
    onFailure(listener) {
      worker.addEventListener("error", ({ message }) =>
        listener(message || "The engine's program could not be loaded."),
      );
      worker.addEventListener("messageerror", () =>
        listener("A message from the engine could not be read."),
      );
    },
    close: () => worker.terminate(),
  };
}
