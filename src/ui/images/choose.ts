/** @file What was chosen or dropped → files with their paths, folders gone through to the end. */
import type { Chosen, ChosenFile } from "./reading.ts";

const known = /\.(zip|bin|png|jpe?g|gif|webp|bmp)$/i;

/** From a file input; those of a chosen folder know their path. */
export function chosenFrom(list: Iterable<File>): Chosen {
  const files = [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
  return { name: nameOf(files), files };
}

/**
 * What a drop holds, if it holds a folder, a zip, a binary file or an image. A drop can be looked at only while its event
 * lasts, so this is to be called at once.
 */
export function droppedIn(items: Iterable<DataTransferItem>): Promise<Chosen> | undefined {
  const entries = [...items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (!entries.some((entry) => entry.isDirectory || known.test(entry.name))) return undefined;
  return Promise.all(entries.map(filesIn)).then((lists) => {
    const files = lists.flat();
    return { name: entries.length === 1 ? (entries[0]?.name ?? "") : nameOf(files), files };
  });
}

/** The folder around all files, the only file, or how many there are. */
function nameOf(files: readonly ChosenFile[]): string {
  const roots = new Set(files.map(({ path }) => path.split("/")[0] ?? ""));
  const [root = ""] = roots;
  return roots.size === 1 ? root : `${files.length} files`;
}

async function filesIn(entry: FileSystemEntry): Promise<readonly ChosenFile[]> {
  if (isFile(entry)) {
    const file = await new Promise<File>((done, fail) => entry.file(done, fail));
    return [{ path: entry.fullPath.replace(/^\//, ""), file }];
  }
  if (!isFolder(entry)) return [];
  const reader = entry.createReader();
  const files: ChosenFile[] = [];
  for (;;) {
    // A reader hands out a hundred at a time, and none at the end.
    const some = await new Promise<readonly FileSystemEntry[]>((done, fail) =>
      reader.readEntries(done, fail),
    );
    if (some.length === 0) return files;
    for (const list of await Promise.all(some.map(filesIn))) files.push(...list);
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
