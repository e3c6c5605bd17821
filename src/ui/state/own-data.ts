/** @file The verbs of one's own data: a text, or images, become a problem like the others. */
import type { OwnImages } from "../../protocol/own-images.ts";
import type { EngineClient } from "./client.ts";
import { ownData } from "./store.ts";
import type { Notice } from "./view.ts";

interface Parts {
  readonly client: EngineClient;
  chooseProblem(task: string): void;
  notify(notice: Notice): void;
}

/** Characters of a file's name that fit among the problems. */
const longestName = 24;
const short = (name: string) => {
  const characters = [...name];
  return characters.length > longestName
    ? `${characters.slice(0, longestName - 1).join("")}…`
    : name;
};

export function createOwnData({ client, chooseProblem, notify }: Parts) {
  const { store, send } = client;
  let isAwaited = false;
  let what: "Text" | "Images" = "Text";
  store.subscribe((now, before) => {
    if (now.dataRefused && now.dataRefused !== before.dataRefused) {
      isAwaited = false;
      notify({ title: `${what} refused`, lines: [now.dataRefused.message] });
    }
    if (!isAwaited || now.catalog === before.catalog) return;
    isAwaited = false;
    // The engine puts what came last at the end, also if it had it already.
    const task = now.catalog?.tasks.at(-1);
    if (task) chooseProblem(task.id);
  });
  const expect = (kind: typeof what) => {
    what = kind;
    isAwaited = true;
  };
  return {
    /** Makes a text file the problem; the engine refuses what is no text, with a notice. */
    learnText(bytes: ArrayBuffer, name: string): void {
      expect("Text");
      send({ kind: "text", runId: ownData, name: short(name), bytes });
    },
    /** Makes images the problem, and hands their buffers over. */
    learnImages(images: OwnImages): void {
      expect("Images");
      const command = {
        ...images,
        kind: "images",
        runId: ownData,
        name: short(images.name),
      } as const;
      send(command, [images.labels, images.pixels]);
    },
  };
}
