/** @file Over the stage while presenting: the chapter in large type, one number that the last row can read, the way out. */
import { useEffect } from "react";
import { chapterAt } from "../lessons/index.ts";
import { Formula } from "../parts/Formula.tsx";
import { Icon } from "../parts/Icon.tsx";
import { useLessons, useMode, useSampled } from "../state/app.ts";
import { PredictCard, RevealButton } from "./PredictCard.tsx";
import styles from "./PresentBar.module.css";

export function PresentBar() {
  const lessons = useLessons();
  const isBlank = useMode((mode) => mode.isBlank);
  const chapter = chapterAt(useMode((mode) => mode.lesson));
  const facts = useSampled(lessons.facts.shown);
  const finding = chapter?.is.finding?.(facts);
  useEffect(() => {
    document.documentElement.dataset["present"] = "";
    return () => {
      delete document.documentElement.dataset["present"];
    };
  }, []);
  return (
    <header className={styles["bar"]}>
      <h1 className={styles["title"]}>{chapter?.is.title ?? "NAS Playground"}</h1>
      {facts.lanes.slice(0, 4).map(({ letter, steps, toy }) => (
        <p key={letter} className={`${styles["headline"]} numbers`}>
          {facts.lanes.length > 1 && <b>{letter} </b>}
          {toy ? `α ${toy.alpha.toFixed(2).replace("-", "−")}` : `step ${steps}`}
        </p>
      ))}
      {chapter?.is.card && <RevealButton />}
      {chapter?.is.action && (
        <button type="button" className="button button-accent" onClick={() => lessons.act()}>
          {chapter.is.action.label}
        </button>
      )}
      {chapter && chapter.chapter < chapter.of.chapters.length - 1 && (
        <button
          type="button"
          className="button"
          title={`The next chapter (${chapter.chapter + 2})`}
          onClick={() => lessons.next()}
        >
          Next
        </button>
      )}
      <button
        type="button"
        className="button"
        title="Back to the whole page (P or Esc)"
        onClick={() => lessons.present(false)}
      >
        <Icon name="close" />
        Leave
      </button>
      {chapter?.is.finding && (
        <p className={`${styles["finding"]} numbers`}>{finding && <Formula text={finding} />}</p>
      )}
      {chapter?.is.card && (
        <div className={styles["card"]}>
          <PredictCard key={`${chapter.deck} ${chapter.chapter}`} card={chapter.is.card} />
        </div>
      )}
      {isBlank && (
        <button
          type="button"
          className={styles["blank"]}
          aria-label="The screen is blank: show it again"
          onClick={() => lessons.blank(false)}
        />
      )}
    </header>
  );
}
