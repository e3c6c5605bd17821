/** @file The verbs of links: what an address holds is taken up, and what the page is set to becomes an address. */
import type { EngineClient } from "./client.ts";
import { isLink } from "./link-version.ts";
import type { Own } from "./own.ts";
import { type Settings, settingsOf } from "./settings.ts";
import type { Notice, ViewStore } from "./view.ts";

interface Parts {
  readonly client: EngineClient;
  readonly view: ViewStore;
  readonly own: Pick<Own, "withData">;
  applySettings(settings: Settings): void;
  /** Shows what the page shows without a link. */
  begin(): void;
  notify(notice: Notice): void;
}

/** Loaded when a link is made or followed: what packs it is as large as all the rest of this folder. */
const unpacking = () => import("./link.ts");

export function createLinks({ client, view, own, applySettings, begin, notify }: Parts) {
  const { store } = client;
  const take = async (hash: string) => {
    const { decodeLink } = await unpacking();
    const decoded = () => {
      const { catalog } = store.getState();
      return catalog && decodeLink(catalog, hash);
    };
    const follow = () => {
      const read = decoded();
      if (!read) return;
      applySettings(read.settings);
      if (read.repairs.length > 0) notify({ title: "Link repaired", lines: read.repairs });
    };
    const instead = () => {
      if (view.getState().lanes.length === 0) begin();
    };
    own.withData({ id: decoded()?.lacking ?? "", what: "link", go: follow, instead });
  };
  return {
    /** Takes up what an address holds; what had to be repaired is told. False if it holds nothing. */
    followLink(hash: string): boolean {
      if (!store.getState().catalog || !isLink(hash)) return false;
      void take(hash);
      return true;
    },
    /** The address of what the page is set to, once the catalog is known. */
    async link(): Promise<string | undefined> {
      const { encodeLink } = await unpacking();
      const { catalog } = store.getState();
      return catalog && encodeLink(settingsOf(catalog, view.getState()));
    },
  };
}
