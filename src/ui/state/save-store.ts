/** @file Saves in IndexedDB: one a page, the newest few of pages that are gone. */
import type { DBSchema, IDBPDatabase } from "idb";
import { type Save, saveVersion } from "./saves.ts";

/** Where saves are kept: the browser's database, or a list in tests. */
export interface SaveStore {
  /** Replaces the page's save. Rejects with a `QuotaExceededError` where there is no room. */
  put(save: Save): Promise<void>;
  /** The newest save of a page that is no longer open. */
  newest(): Promise<Save | undefined>;
  remove(page: string): Promise<void>;
}

interface Schema extends DBSchema {
  saves: { key: string; value: Save };
}
/** Saves of pages that are gone. */
const mostSaves = 3;
const lockOf = (page: string) => `nas-playground-page-${page}`;

/** Pages say that they are open by holding a lock, which ends with them, crash or not. */
export function openSaveStore(page: string): SaveStore {
  let database: Promise<IDBPDatabase<Schema>> | undefined;
  const open = () => {
    database ??= import("idb").then(({ openDB }) =>
      openDB<Schema>("nas-playground", 1, {
        upgrade: (db) => void db.createObjectStore("saves", { keyPath: "page" }),
      }),
    );
    return database;
  };
  // Absent outside a secure context; then any save may be one of a page that is open.
  const locks: LockManager | undefined = navigator.locks;
  void locks?.request(lockOf(page), () => new Promise(() => {}));
  const orphans = async (): Promise<readonly Save[]> => {
    const held = new Set((await locks?.query())?.held?.map(({ name }) => name));
    const all = await (await open()).getAll("saves");
    return all
      .filter((save) => save.version === saveVersion && !held.has(lockOf(save.page)))
      .sort((a, b) => b.savedMs - a.savedMs);
  };
  return {
    async put(save) {
      await (await open()).put("saves", save);
    },
    async newest() {
      const [newest, ...older] = await orphans();
      for (const { page: gone } of older.slice(mostSaves - 1)) await this.remove(gone);
      return newest;
    },
    async remove(gone) {
      await (await open()).delete("saves", gone);
    },
  };
}
