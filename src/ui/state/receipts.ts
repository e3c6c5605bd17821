/** @file The verbs of receipts: what a link says it set, what one just made says, and whether its runs are the same here. */
import type { RunId } from "../../protocol/spec.ts";
import { type Digest, decodeDigest, encodeDigest } from "../viz/digest.ts";
import { isAlike } from "./alike.ts";
import { specOf } from "./lanes.ts";
import { decodeLink } from "./link.ts";
import { onceAClient, type Stage } from "./once.ts";
import { reachedBy } from "./reached.ts";
import { type LaneSettings, lanesOf, type Settings } from "./settings.ts";
import { type Verdict, verdictOn, verifyDigest } from "./verify.ts";
import { appVersion } from "./version.ts";
import type { Receipt } from "./view.ts";

/** Under which a lane's verdict on a link is kept. */
export const verdictKey = (lane: number): string => `link ${lane}`;

/** The page's one keeper of receipts. */
export const receiptsOf = onceAClient(createReceipts);

function createReceipts({ client, view }: Stage) {
  const { store } = client;
  let verified = 0;
  let callOff = () => {};
  return {
    /** Settings with what each lane's run has come to, where its settings alone lead there; and why others have none. */
    withReached(settings: Settings): {
      readonly settings: Settings;
      readonly notes: readonly string[];
    } {
      const state = view.getState();
      const { backend } = store.getState();
      const notes: string[] = [];
      const lanes = settings.lanes.map((own, i): LaneSettings => {
        const lane = state.lanes[i];
        const found = lane && reachedBy(lane, state, store.getState());
        if (found && "why" in found)
          notes.push(`Lane ${lane?.letter} has no number: ${found.why}.`);
        return found && "digest" in found ? { ...own, reached: encodeDigest(found.digest) } : own;
      });
      const isSaid = lanes.some(({ reached }) => reached !== undefined);
      const by = backend && isSaid ? { app: appVersion, backend: backend.id } : undefined;
      return { settings: { ...settings, lanes, ...(by && { by }) }, notes };
    },
    /** Shows what a link says that this page has just made. */
    showMade(link: string): void {
      const { catalog } = store.getState();
      if (!catalog) return;
      const { settings, repairs } = decodeLink(catalog, link);
      const { notes } = this.withReached(settings);
      const length = new URL(link, location.href).href.length;
      const receipt: Receipt = { kind: "made", settings, repairs, notes, length };
      view.setState({ receipt });
    },
    /**
     * Compares a lane of a link with the same settings here: with the run on the page, if that has come as far and nothing
     * was changed in it, else with one that takes those steps beside the page's.
     */
    verifyLane({ settings }: Receipt, index: number): void {
      const engine = store.getState();
      const reached = decodeDigest(settings.lanes[index]?.reached);
      const lane = lanesOf(settings)[index];
      if (!reached || !lane || !engine.catalog || !engine.backend) return;
      const spec = specOf(engine.catalog, settings.setup, lane, engine.backend.id);
      const tell = (verdict: Verdict) =>
        view.setState(({ verdicts, opened }) =>
          // Another link may have been opened meanwhile.
          opened?.settings === settings
            ? { verdicts: { ...verdicts, [verdictKey(index)]: verdict } }
            : {},
        );
      callOff();
      const own = ownRun(index, settings, reached);
      if (own) tell(verdictOn(reached, own.digest, own.run));
      else callOff = verifyDigest(client, `link${++verified}` as RunId, spec, reached, tell);
    },
  };

  /** The run of the lane on the page that has this lane's settings, once it has come as far. */
  function ownRun(index: number, settings: Settings, reached: Digest) {
    const state = view.getState();
    const { catalog, backend, runs } = store.getState();
    const [wanted, lane] = [lanesOf(settings)[index], state.lanes[index]];
    if (!catalog || !backend || !wanted || !lane) return undefined;
    const [theirs, ours] = [
      specOf(catalog, settings.setup, wanted, backend.id),
      specOf(catalog, state.setup, lane, backend.id),
    ];
    if (!isAlike(theirs, ours)) return undefined;
    const found = reachedBy(lane, state, store.getState(), reached.steps);
    const run = lane.runId && runs[lane.runId];
    return run && found && "digest" in found ? { digest: found.digest, run } : undefined;
  }
}
