/** @file The page that the benchmark drives: every engine has a worker of its own, as a run has in the playground. */
import type { Reply, Request } from "./host.ts";

/** What the main process calls in the page. */
export interface BenchPage {
  /** Starts worker `name`; resolves once its code is loaded. */
  open(name: string): Promise<void>;
  ask(name: string, request: Request): Promise<Reply>;
  close(name: string): void;
}
declare global {
  var bench: BenchPage;
}

const workers = new Map<string, Worker>();
const next = <T>(worker: Worker): Promise<T> =>
  new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => resolve(data as T);
    worker.onerror = ({ message }) => reject(new Error(message || "the worker failed to load"));
  });

globalThis.bench = {
  async open(name) {
    const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    workers.set(name, worker);
    await next(worker);
  },
  ask(name, request) {
    const worker = workers.get(name);
    if (!worker) throw new Error(`no worker "${name}"`);
    const reply = next<Reply>(worker);
    worker.postMessage(request);
    return reply;
  },
  close(name) {
    workers.get(name)?.terminate();
    workers.delete(name);
  },
};
