/** @file Two ends of a message channel, as the page and the worker see them. */
import type { Command, Endpoint, EngineEvent } from "../../src/protocol/messages.ts";
import type { HostOptions } from "../../src/worker/host.ts";
import { read, registry } from "./specs.ts";

export const hostOptions: HostOptions = {
  registry,
  read,
  backend: { report: { id: "cpu", device: "test", refused: [] }, assertHealthy: () => {} },
};

/** Structured clones travel between them, as between threads. */
export function pair(): [Endpoint<EngineEvent, Command>, Endpoint<Command, EngineEvent>] {
  const { port1, port2 } = new MessageChannel();
  const wrap = (port: MessagePort) => ({
    postMessage: (message: unknown, transfer: readonly ArrayBuffer[] = []) =>
      port.postMessage(message, [...transfer]),
    onMessage: (listener: (message: never) => void) => {
      port.onmessage = ({ data }) => listener(data as never);
    },
  });
  for (const port of [port1, port2]) (port as unknown as { unref(): void }).unref();
  return [wrap(port1), wrap(port2)];
}
