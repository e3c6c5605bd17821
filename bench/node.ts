/** @file Hosts in Node: a child process each. */
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { endOf } from "./child.ts";
import type { Reply } from "./host.ts";
import type { Connection } from "./remote.ts";

const entry = fileURLToPath(new URL("./node-host.ts", import.meta.url));

/** A process in which nothing has run yet. Its requests reject if it ends. */
export async function openNode(): Promise<Connection> {
  const child = fork(entry, { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        const ended = (code: number | null, signal: string | null) =>
          reject(new Error(`the process ended with ${signal ?? `code ${code}`}`));
        child.once("exit", ended);
        child.once("message", (reply) => {
          child.off("exit", ended);
          resolve(reply as Reply);
        });
        child.send(request);
      }),
    close: () => endOf(child),
  };
}
