/** @file What has happened and may be put away: over the page, so that nothing moves. */
import { Icon } from "../parts/Icon.tsx";
import { useActions, useView } from "../state/app.ts";
import styles from "./Notices.module.css";

export function Notices() {
  const { dismiss } = useActions();
  const notices = useView((view) => view.notices);
  if (notices.length === 0) return null;
  return (
    <div className={styles["notices"]}>
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
    </div>
  );
}
