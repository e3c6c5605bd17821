/** @file The verb of links: what an address holds is taken up, and a receipt says what that was. */
import type { EngineClient } from "./client.ts";
import { isLink } from "./link-version.ts";
import type { Own } from "./own.ts";
import type { Settings } from "./settings.ts";
import type { Notice, Receipt, ViewStore } from "./view.ts";

interface Parts {
  readonly client: EngineClient;
  readonly view: ViewStore;
  readonly own: Pick<Own, "withData">;
  applySettings(settings: Settings): void;
  /** Shows what the page shows without a link. */
  begin(): void;
  notify(notice: Notice): void;
}

/** Loaded when a link is followed: what unpacks it is as large as all the rest of this folder. */
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
      const { settings, repairs } = read;
      applySettings(settings);
      if (settings.page?.embed) {
        // Where the page is small, only what is wrong is said.
        if (repairs.length > 0) notify({ title: "Link repaired", lines: repairs });
        return;
      }
      const length = new URL(hash, location.href).href.length;
      const receipt: Receipt = { kind: "opened", settings, repairs, notes: [], length };
      view.setState({ receipt, opened: receipt, verdicts: {} });
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
  };
}
