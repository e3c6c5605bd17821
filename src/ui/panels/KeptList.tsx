/** @file Data of one's own that this browser holds: taken up again, or forgotten. */
import { useEffect } from "react";
import { formatNumber } from "../parts/format.ts";
import { useActions, useView } from "../state/app.ts";
import styles from "./OwnData.module.css";

const sizeOf = (bytes: number) =>
  bytes < 1e6 ? `${formatNumber(bytes / 1e3)} kB` : `${formatNumber(bytes / 1e6)} MB`;

/** Nothing while there is none. */
export function KeptList() {
  const { takeKept, forgetKept, listKept } = useActions();
  const kept = useView((view) => view.kept);
  useEffect(() => void listKept(), [listKept]);
  if (kept.length === 0) return null;
  return (
    <section aria-label="Kept in this browser">
      <h3>Kept in this browser</h3>
      <ul className={styles["kept"]}>
        {kept.map(({ id, kind, name, bytes }) => (
          <li key={id}>
            <span className={styles["name"]} title={id}>
              <b>{name}</b>{" "}
              <span className="soft">
                {kind}, {sizeOf(bytes)}
              </span>
            </span>
            <button
              type="button"
              className="button"
              aria-label={`Use ${name}`}
              onClick={() => void takeKept(id)}
            >
              Use
            </button>
            <button
              type="button"
              className="button"
              aria-label={`Forget ${name}`}
              onClick={() => void forgetKept(id)}
            >
              Forget
            </button>
          </li>
        ))}
      </ul>
      <p className="soft">
        For a reload, and for links and runs that name them; at most 64 MB. What is forgotten stays
        until the page is closed.
      </p>
    </section>
  );
}
