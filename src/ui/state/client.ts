/** @file The page's end of the wire: one worker at a time, replaced when the user chooses another backend. */
import { createStore } from "zustand/vanilla";
import type { BackendSpeed, Command, Endpoint, EngineEvent } from "../../protocol/messages.ts";
import type { BackendId } from "../../protocol/spec.ts";
import { fastestOf, savedFastest, saveFastest } from "./fastest.ts";
import { type EngineLink, type EngineState, initialState, ownData, reduce } from "./store.ts";

/** Which backend the worker is to use; "auto" takes the first that passes the probe. */
export type BackendChoice = BackendId | "auto";

/** What a worker is started for: to serve, with the backend to try first or to take at any rate, or to measure. */
export type WorkerRole = BackendChoice | `auto:${BackendId}` | "measure";

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
  /** Times every backend in a worker of its own; the result lands in the store and is remembered. */
  measure(): void;
}

/** A client whose connections come from `open`: the worker in the page, a fake in tests. */
export function createClient(open: (role: WorkerRole) => Connection): EngineClient {
  const store = createStore<EngineState>(() => initialState);
  /** Own data, which a worker's successor must know, too. */
  const data: Command[] = [];
  const start = (choice: BackendChoice): Connection => {
    const fastest = choice === "auto" ? savedFastest() : undefined;
    const mine = open(fastest ? `auto:${fastest}` : choice);
    const fold = (event: EngineEvent) => {
      // What a closed worker had already posted must not reach its successor's state.
      if (mine !== current) return;
      if (event.kind === "refused" && event.runId === ownData) data.pop();
      store.setState((state) => reduce(state, event), true);
    };
    mine.onMessage(fold);
    for (const command of data) mine.postMessage(command);
    mine.onFailure((message) =>
      fold({ kind: "unusable", error: { code: "WorkerError", message } }),
    );
    return mine;
  };
  let current = start("auto");
  return {
    store,
    send(command, transfer) {
      if (command.kind === "text" || command.kind === "images") data.push(command);
      current.postMessage(command, transfer);
    },
    restart(choice) {
      current.close();
      store.setState(({ catalog, speeds }) => ({ ...initialState, catalog, speeds }), true);
      current = start(choice);
    },
    measure() {
      if (store.getState().speeds === "measuring") return;
      store.setState({ speeds: "measuring" });
      const meter = open("measure");
      const finish = (speeds: readonly BackendSpeed[]) => {
        meter.close();
        const fastest = fastestOf(speeds);
        if (fastest) saveFastest(fastest);
        store.setState((state) => reduce(state, { kind: "measured", speeds }), true);
      };
      meter.onMessage((event) => {
        if (event.kind === "measured") finish(event.speeds);
      });
      meter.onFailure((reason) => finish([{ id: "wasm", reason }]));
    },
  };
}

/** Starts the engine's worker, which reads its role from its name. */
export function connectWorker(role: WorkerRole): Connection {
  const worker = new Worker(new URL("../../worker/worker.ts", import.meta.url), {
    type: "module",
    name: role,
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
