/** @file The verbs of own data as the page has them from the beginning: their code arrives with the first that is called. */
import { ownTaskIn } from "../../protocol/own-data.ts";
import type { OwnImages } from "../../protocol/own-images.ts";
import type { DataStore } from "./data-store.ts";
import type { Need, OwnDataParts, OwnDataVerbs } from "./own-data.ts";

/** How to open the place where own data are kept; absent where nothing can be. */
export type OpenData = () => Promise<DataStore>;
interface Parts extends Omit<OwnDataParts, "data"> {
  readonly openData: OpenData | undefined;
}
export type Own = ReturnType<typeof createOwn>;

/** Calls are made in their order. */
export function createOwn({ openData, ...parts }: Parts) {
  let loading: Promise<OwnDataVerbs> | undefined;
  const verbs = (): Promise<OwnDataVerbs> => {
    loading ??= Promise.all([import("./own-data.ts"), openData?.()]).then(
      ([{ createOwnData }, data]) => createOwnData({ ...parts, data }),
    );
    return loading;
  };
  return {
    /** Makes a text file the problem; the engine refuses what is no text, with a notice. */
    learnText: async (bytes: ArrayBuffer, name: string) => (await verbs()).learnText(bytes, name),
    /** Makes images the problem. */
    learnImages: async (images: OwnImages) => (await verbs()).learnImages(images),
    /** Makes the problem again what was kept. */
    takeKept: async (task: string) => (await verbs()).takeKept(task),
    /** Removes it from this browser; a page that searches on it goes on until it is closed. */
    forgetKept: async (task: string) => (await verbs()).forgetKept(task),
    /** Lists what this browser holds. */
    listKept: async () => (await verbs()).listKept(),
    /** Does what needs own data when they are there, and says so if they are not; at once if it needs none. */
    withData(need: Need): void {
      if (ownTaskIn(need.id) === undefined) need.go();
      else void verbs().then((own) => own.withData(need));
    },
  };
}
