/** @file An engine of ours behind a connection to where it runs. */
import { type Engine, type EngineId, type PresetName, stepNames } from "./engine.ts";
import type { Replies, Reply, Request } from "./host.ts";

/** A host that answers requests one at a time. */
export interface Connection {
  ask(request: Request): Promise<Reply>;
  close(): Promise<void>;
}
/** Asks, and throws the reason of a refusal. */
export async function ask<K extends keyof Replies>(
  connection: Connection,
  request: Request & { readonly kind: K },
): Promise<Replies[K]> {
  const reply = (await connection.ask(request)) as Reply<K>;
  if (!reply.ok) throw new Error(reply.reason);
  return reply.value;
}

/** The engine; every `prepare` opens a host in which nothing has run yet. */
export function remoteEngine(
  id: EngineId,
  preset: PresetName,
  open: () => Promise<Connection>,
): Engine {
  let connection: Connection | undefined;
  const close = async () => {
    await connection?.close();
    connection = undefined;
  };
  return {
    id,
    steps: stepNames,
    async prepare() {
      await close();
      connection = await open();
      return ask(connection, { kind: "prepare", id, preset });
    },
    measure(step, count, warm) {
      if (!connection) throw new Error("not prepared");
      return ask(connection, { kind: "measure", step, count, warm });
    },
    close,
  };
}
