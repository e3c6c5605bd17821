/** @file Loads the shards of a data set one after another, behind a search that has already begun. */
import { DatasetError } from "../errors.ts";
import type { ReadFile } from "../problem.ts";
import type { ShardEntry } from "./formats/manifest.ts";
import { type ImageShard, readShard } from "./formats/shard.ts";

export interface ShardLoader {
  /** Resolves once these shards are in memory. Throws the `DatasetError` of one that cannot be had. */
  need(shards: Iterable<number>): Promise<void>;
  /** A shard that `need` has waited for. */
  get(shard: number): ImageShard;
  /** Stops loading and forgets what was loaded. */
  close(): void;
}
export interface ShardSource {
  readonly read: ReadFile;
  readonly folder: string;
  readonly entries: readonly ShardEntry[];
  /** Height and width of an image. */
  readonly size: number;
  /** Called with the number of shards in memory, each time it changes. */
  readonly onLoaded: (count: number) => void;
}

/** Resolves once the first shard is in memory. Throws `DatasetError` if it cannot be had. */
export async function startLoading(source: ShardSource): Promise<ShardLoader> {
  const { entries, onLoaded } = source;
  const loaded = new Map<number, ImageShard>();
  let open = true;
  let before: Promise<unknown> = Promise.resolve();
  const arrivals = entries.map((entry, i) => {
    const arrival = before.then(async () => {
      if (!open) return;
      const shard = await load(source, entry);
      if (!open) return;
      loaded.set(i, shard);
      onLoaded(loaded.size);
    });
    // A failure waits in `arrival` for a draw that needs the shard; the shards behind it load all the same.
    before = arrival.catch(() => {});
    return arrival;
  });
  const close = () => {
    open = false;
    loaded.clear();
  };
  try {
    await arrivals[0];
  } catch (error) {
    close();
    throw error;
  }
  return {
    async need(shards) {
      for (const shard of shards) await arrivals[shard];
    },
    get(index) {
      const shard = loaded.get(index);
      if (!shard) throw new Error(`shard ${index} was not prepared, or the task is disposed`);
      return shard;
    },
    close,
  };
}

async function load({ read, folder, size }: ShardSource, entry: ShardEntry): Promise<ImageShard> {
  const file = `${folder}/${entry.file}`;
  const bytes = await readFile(read, file, `SHA-256 ${entry.sha256}`);
  return readShard(file, bytes, entry, size);
}

/** The bytes of a file. Throws `DatasetError` naming it, what was `expected`, and why there is nothing. */
export async function readFile(
  read: ReadFile,
  file: string,
  expected: string,
): Promise<Uint8Array> {
  try {
    return new Uint8Array(await read(file));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatasetError(`${file} cannot be read: expected ${expected}, found none (${reason})`, {
      cause: error,
    });
  }
}
