/** @file Data of one's own in IndexedDB, by the name of their content: there again after a reload, until forgotten. */
import type { DBSchema, IDBPDatabase } from "idb";
import type { Command } from "../../protocol/messages.ts";
import type { OwnKind } from "../../protocol/own-data.ts";

/** The command that makes own data a task. */
export type DataCommand = Extract<Command, { kind: OwnKind }>;
/** One set of data, without the data. */
export interface KeptData {
  /** The task's id, which is of the content. */
  readonly id: string;
  readonly kind: OwnKind;
  /** The folder's or the file's. */
  readonly name: string;
  /** What it takes in storage. */
  readonly bytes: number;
  /** When it was last the problem, in milliseconds since 1970. */
  readonly usedMs: number;
}
/** Where own data are kept: the browser's database, or a list in tests. */
export interface DataStore {
  /** Keeps a set, or notes that it is used again. Rejects with a `QuotaExceededError` where there is no room. */
  put(id: string, command: DataCommand): Promise<void>;
  get(id: string): Promise<DataCommand | undefined>;
  /** What is kept, last used first. */
  list(): Promise<readonly KeptData[]>;
  remove(id: string): Promise<void>;
}

/** All sets together; beyond, those go that were not used for longest. Four of the largest that are accepted fit. */
const mostBytes = 64e6;

interface Schema extends DBSchema {
  names: { key: string; value: KeptData };
  contents: { key: string; value: DataCommand };
}

/** Opens nothing before it is first asked. A database of its own, so that saves of runs need no new version. */
export function openDataStore(): DataStore {
  let database: Promise<IDBPDatabase<Schema>> | undefined;
  const open = () => {
    database ??= import("idb").then(({ openDB }) =>
      openDB<Schema>("nas-playground-data", 1, {
        upgrade(db) {
          db.createObjectStore("names", { keyPath: "id" });
          db.createObjectStore("contents");
        },
      }),
    );
    return database;
  };
  const list = async () =>
    (await (await open()).getAll("names")).sort((a, b) => b.usedMs - a.usedMs);
  const remove = async (id: string) => {
    const change = (await open()).transaction(["names", "contents"], "readwrite");
    await Promise.all([
      change.objectStore("names").delete(id),
      change.objectStore("contents").delete(id),
      change.done,
    ]);
  };
  return {
    async put(id, command) {
      const bytes = bytesOf(command);
      const others = (await list()).filter((kept) => kept.id !== id);
      for (const gone of beyond(others, mostBytes - bytes)) await remove(gone.id);
      const change = (await open()).transaction(["names", "contents"], "readwrite");
      const { kind, name } = command;
      await Promise.all([
        change.objectStore("names").put({ id, kind, name, bytes, usedMs: Date.now() }),
        change.objectStore("contents").put(command, id),
        change.done,
      ]);
    },
    get: async (id) => (await open()).get("contents", id),
    list,
    remove,
  };
}

/** Those of a list, best first, that no longer fit. */
export function beyond(kept: readonly KeptData[], most: number): readonly KeptData[] {
  let left = most;
  return kept.filter(({ bytes }) => {
    left -= bytes;
    return left < 0;
  });
}

const bytesOf = (command: DataCommand): number =>
  command.kind === "text"
    ? command.bytes.byteLength
    : command.labels.byteLength + command.pixels.byteLength;
