/** @file Ends a child process. */
import type { ChildProcess } from "node:child_process";

/** Kills it and waits until its memory is free again. */
export const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill();
  });
