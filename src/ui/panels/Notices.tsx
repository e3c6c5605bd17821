/** @file What has happened and may be put away: over the page, so that nothing moves. */
import { Icon } from "../parts/Icon.tsx";
import { useActions, useEngine, useMode, useView } from "../state/app.ts";
import { BranchTree } from "./BranchTree.tsx";
import styles from "./Notices.module.css";
import { Receipt } from "./Receipt.tsx";
import { useStrayDrop } from "./use-stray-drop.ts";
import { useStrayLink } from "./use-stray-link.ts";

export function Notices() {
  const { dismiss } = useActions();
  useStrayDrop();
  useStrayLink();
  const notices = useView((view) => view.notices);
  return (
    <div className={styles["notices"]}>
      {/* First: it comes last, and what is there below it stays in its place. */}
      <Receipt />
      <ContinueOffer />
      {notices.map(({ title, lines }) => (
        <section key={title} role="alert" aria-label={title} className={styles["notice"]}>
          <div className={styles["head"]}>
            <h2>{title}</h2>
            <button
              type="button"
              className="button button-icon"
              aria-label={`Put away: ${title}`}
              onClick={() => dismiss(title)}
            >
              <Icon name="close" />
            </button>
          </div>
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </section>
      ))}
      <BranchTree />
    </div>
  );
}

/** What an earlier page left; there once the engine can go on with it. */
function ContinueOffer() {
  const { resume, offer: setOffer } = useActions();
  const offer = useView((view) => view.offer);
  const isReady = useEngine(({ backend, catalog }) => !!backend && !!catalog);
  // It would lie over what a lesson points at, on a phone over its buttons; it waits for the lesson's end.
  const isTaught = useMode((mode) => mode.lesson !== undefined);
  if (!offer || !isReady || isTaught) return null;
  return (
    <section aria-label="An earlier run" className={`${styles["notice"]} ${styles["offer"]}`}>
      <p>
        Saved {new Date(offer.savedMs).toLocaleString()}, before{" "}
        {offer.isLeft ? "something else was shown" : "the page was closed"}.
      </p>
      <div className={styles["choices"]}>
        <button type="button" className="button button-accent" onClick={() => resume(offer)}>
          Continue {offer.title}
        </button>
        <button type="button" className="button" onClick={() => setOffer(undefined)}>
          Discard it
        </button>
      </div>
    </section>
  );
}
