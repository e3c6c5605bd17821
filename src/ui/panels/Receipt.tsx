/** @file The receipt of a link: what it set, what was repaired, what its runs had come to, and what to do next. */

import { plural } from "../parts/format.ts";
import { Icon } from "../parts/Icon.tsx";
import { useActions, useEngine, usePlayground, useView } from "../state/app.ts";
import { receiptsOf, verdictKey } from "../state/receipts.ts";
import { appVersion } from "../state/version.ts";
import type { Receipt as Said } from "../state/view.ts";
import { decodeDigest, digestNumber } from "../viz/digest.ts";
import { backendNames } from "./describe.ts";
import notices from "./Notices.module.css";
import styles from "./Receipt.module.css";
import { receiptRows } from "./receipt-rows.ts";
import { verdictWords } from "./verdict-words.ts";

/** Nothing while none is on show. It takes no focus: what was opened is what one came for. */
export function Receipt() {
  const receipt = useView((view) => view.receipt);
  return receipt ? <OpenReceipt receipt={receipt} /> : null;
}

function OpenReceipt({ receipt }: { readonly receipt: Said }) {
  const { showReceipt, play } = useActions();
  const catalog = useEngine((engine) => engine.catalog);
  const opened = useView((view) => view.opened);
  const { kind, settings, repairs, notes, length } = receipt;
  const isOpened = kind === "opened";
  const title = isOpened ? "Opened from a link" : "Link made: what it says";
  const hasNumber = settings.lanes.some(({ reached }) => reached !== undefined);
  /** The focus goes to what the link is about. */
  const putAway = () => {
    showReceipt(undefined);
    document.getElementById("stage")?.focus();
  };
  return (
    <section
      aria-label="Receipt of the link"
      className={`${notices["notice"]} ${styles["receipt"]}`}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        putAway();
      }}
    >
      <div className={notices["head"]}>
        <h2>{title}</h2>
        <button
          type="button"
          className="button button-icon"
          aria-label="Put away the receipt"
          onClick={putAway}
        >
          <Icon name="close" />
        </button>
      </div>
      {repairs.length > 0 && (
        <div role="alert" aria-label="Link repaired" className={styles["repairs"]}>
          <b>Repaired:</b>
          <ul>
            {repairs.map((repair) => (
              <li key={repair}>{repair}</li>
            ))}
          </ul>
        </div>
      )}
      <dl className={styles["rows"]}>
        {catalog &&
          receiptRows(catalog, settings).map(([about, says]) => (
            <div key={about}>
              <dt>{about}</dt>
              <dd>{says}</dd>
            </div>
          ))}
        <div>
          <dt>{settings.by ? "Made with" : "Version"}</dt>
          <dd>{versionWords(settings.by)}</dd>
        </div>
      </dl>
      {settings.lanes.map(({ reached }, i) => (
        <Reached key={verdictKey(i)} receipt={receipt} index={i} reached={reached} />
      ))}
      {hasNumber && isOpened && <VerifyNote by={settings.by} />}
      {notes.map((note) => (
        <p key={note} className="soft">
          {note}
        </p>
      ))}
      {isOpened ? (
        <div className={styles["next"]}>
          <button
            type="button"
            className="button button-accent"
            onClick={() => {
              putAway();
              play();
            }}
          >
            <Icon name="play" />
            Play these settings
          </button>
          {!hasNumber && (
            <span className="soft">
              It says nothing of a run: Share one that has played to compare.
            </span>
          )}
        </div>
      ) : (
        <div className={styles["next"]}>
          <span className="soft">
            {plural(length, "character")}.{" "}
            {hasNumber
              ? "Who opens it can verify the number."
              : "A run that has played adds its number."}
          </span>
          {opened && (
            <button type="button" className="button" onClick={() => showReceipt(opened)}>
              Receipt of the link that was opened
            </button>
          )}
        </div>
      )}
    </section>
  );
}

interface ReachedProps {
  readonly receipt: Said;
  readonly index: number;
  readonly reached: string | undefined;
}

/** One number to compare, and the way to do so. */
function Reached({ receipt, index, reached }: ReachedProps) {
  const stage = usePlayground();
  const isReady = useEngine(({ backend }) => backend !== undefined);
  const verdict = useView((view) => view.verdicts[verdictKey(index)]);
  const digest = decodeDigest(reached);
  if (!digest) return null;
  const letter = "ABCDEFGH"[index];
  const isOpened = receipt.kind === "opened";
  return (
    <div className={styles["reached"]} data-testid={`number ${letter}`}>
      <p>
        {letter} after {plural(digest.steps, "step")}:{" "}
        <b className={`${styles["number"]} numbers`}>{digestNumber(digest)}</b>
      </p>
      {isOpened && (
        <button
          type="button"
          className="button"
          aria-label={`Verify lane ${letter} of the link`}
          aria-disabled={!isReady}
          onClick={() => isReady && receiptsOf(stage).verifyLane(receipt, index)}
        >
          Verify
        </button>
      )}
      {isOpened && (
        <p className="soft" aria-live="polite">
          {verdict && verdictWords(verdict)}
        </p>
      )}
    </div>
  );
}

/** Another version, or another backend, may compute otherwise. */
function versionWords(by: Said["settings"]["by"]): string {
  if (!by) return appVersion;
  const made = `${by.app} on ${backendNames[by.backend]}`;
  return by.app === appVersion
    ? made
    : `${made}; here is ${appVersion}, which may compute otherwise`;
}

/** What Verify does, and what to do first where another backend is in use. */
function VerifyNote({ by }: { readonly by: Said["settings"]["by"] }) {
  const backend = useEngine((engine) => engine.backend?.id);
  const isOther = by && backend && by.backend !== backend;
  return (
    <p className="soft">
      Verify takes these steps here and compares α to the last bit.
      {isOther &&
        ` ${backendNames[backend]} rounds differently: choose ${backendNames[by.backend]} in the header for the same number.`}
    </p>
  );
}
