/** @file Starts helper threads, in Node and in browsers. */
import { createMember, type Job } from "./member.ts";

/** A running helper. */
export interface Thread {
  stop(): void;
}
/** Starts a thread on a job and resolves once it waits for work; `ended` is called if it ends by itself. */
export type StartThread = (job: Job, ended: (reason: string) => void) => Promise<Thread>;

interface NodeWorker {
  once(event: string, listener: (value: unknown) => void): void;
  unref(): void;
  terminate(): unknown;
}
interface NodeThreads {
  readonly Worker: new (source: string, options: { eval: true; workerData: Job }) => NodeWorker;
}
interface WebWorker {
  onmessage: (() => void) | null;
  onerror: ((event: { message?: string }) => void) | null;
  postMessage(job: Job): void;
  terminate(): void;
}
declare const Worker: new (url: URL, options: { type: "module" }) => WebWorker;

function nodeThreads(): NodeThreads | undefined {
  const { process } = globalThis as {
    process?: { getBuiltinModule?: (name: string) => unknown };
  };
  return process?.getBuiltinModule?.("node:worker_threads") as NodeThreads | undefined;
}

/** The platform's threads. */
export const startThread: StartThread = (job, ended) => {
  const node = nodeThreads();
  return node ? startInNode(node, job, ended) : startInBrowser(job, ended);
};

/** Source text, since Node alone cannot load TypeScript; `__name` is what some transpilers leave in functions. */
const source = (): string => `
  const __name = (f) => f;
  const { parentPort, workerData } = require("node:worker_threads");
  const member = (${createMember.toString()})(workerData);
  parentPort.postMessage("ready");
  member.follow();`;

function startInNode(
  { Worker: NodeWorker }: NodeThreads,
  job: Job,
  ended: (reason: string) => void,
): Promise<Thread> {
  return new Promise((resolve, reject) => {
    const worker = new NodeWorker(source(), { eval: true, workerData: job });
    let stopped = false;
    worker.once("error", (error) => {
      ended(String(error));
      reject(error);
    });
    worker.once("exit", () => {
      if (!stopped) ended("it exited");
    });
    worker.once("message", () => {
      worker.unref();
      resolve({
        stop() {
          stopped = true;
          worker.terminate();
        },
      });
    });
  });
}

function startInBrowser(job: Job, ended: (reason: string) => void): Promise<Thread> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./thread.ts", import.meta.url), { type: "module" });
    worker.onerror = ({ message = "it failed" }) => {
      ended(message);
      reject(new Error(message));
    };
    worker.onmessage = () => resolve({ stop: () => worker.terminate() });
    worker.postMessage(job);
  });
}
