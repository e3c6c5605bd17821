/** @file The left rail: Lesson and Setup, one behind the other, or both where there is room. */
import type { KeyboardEvent } from "react";
import { useLessons, useMode } from "../state/app.ts";
import styles from "./LeftRail.module.css";
import { LessonPanel, SetupPanel } from "./later.ts";

const tabs = [
  ["lesson", "Lesson", LessonPanel],
  ["setup", "Setup", SetupPanel],
] as const;

export function LeftRail() {
  const { setRail } = useLessons();
  const front = useMode((mode) => mode.rail);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    event.preventDefault();
    const next = front === "lesson" ? "setup" : "lesson";
    setRail(next);
    document.getElementById(`rail-tab-${next}`)?.focus();
  };
  return (
    <section aria-label="Lessons and settings" className={styles["rail"]} data-front={front}>
      <div role="tablist" aria-label="Left rail" className={styles["tabs"]}>
        {tabs.map(([id, label]) => (
          <button
            key={id}
            id={`rail-tab-${id}`}
            type="button"
            role="tab"
            className={styles["tab"]}
            aria-selected={front === id}
            aria-controls={`rail-${id}`}
            tabIndex={front === id ? 0 : -1}
            onClick={() => setRail(id)}
            onKeyDown={onKeyDown}
          >
            {label}
          </button>
        ))}
      </div>
      {tabs.map(([id, , Panel]) => (
        <div
          key={id}
          id={`rail-${id}`}
          role="tabpanel"
          aria-labelledby={`rail-tab-${id}`}
          className={styles["panel"]}
          data-panel={id}
        >
          <Panel />
        </div>
      ))}
    </section>
  );
}
