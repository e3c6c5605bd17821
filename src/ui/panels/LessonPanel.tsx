/** @file The lesson on show: the list of decks, or one chapter with its step, its finding and the way on. */
import { useEffect, useRef } from "react";
import { chapterAt, decks } from "../lessons/index.ts";
import { Formula } from "../parts/Formula.tsx";
import { Icon } from "../parts/Icon.tsx";
import { useLessons, useMode, useSampled } from "../state/app.ts";
import { EmbedLink } from "./EmbedLink.tsx";
import styles from "./LessonPanel.module.css";
import { PredictCard, RevealButton } from "./PredictCard.tsx";
import { useWarmth } from "./use-warmth.ts";

export function LessonPanel() {
  const chapter = chapterAt(useMode((mode) => mode.lesson));
  const isEmbedded = useMode((mode) => mode.isEmbedded);
  return (
    <aside className={`panel ${styles["panel"]}`} aria-label="Lesson">
      {chapter ? <ChapterView {...chapter} /> : <DeckList />}
      {!isEmbedded && <EmbedLink />}
    </aside>
  );
}

function DeckList() {
  const lessons = useLessons();
  const ask = useWarmth();
  return (
    <>
      <h2 className={styles["title"]}>Seven lessons</h2>
      <p className="soft">Each is a few steps that you take yourself. Or open Setup and play.</p>
      <ol className={styles["decks"]}>
        {decks.map(({ id, title, summary, minutes, isHeavy }) => (
          <li key={id}>
            <button
              type="button"
              className={styles["deck"]}
              onClick={() => ask(isHeavy, () => lessons.enter({ deck: id, chapter: 0 }))}
            >
              <b>{title}</b>
              <span className="soft">{summary}</span>
              <span className="soft">
                {minutes} min, {isHeavy ? "on images" : "on the toy"}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}

/** On a phone the stage is below the words: what was asked for comes into sight. */
function showStage() {
  if (window.matchMedia("(max-width: 899px)").matches)
    document.getElementById("stage")?.scrollIntoView({ block: "start" });
}

type Shown = NonNullable<ReturnType<typeof chapterAt>>;

function ChapterView({ of, is, chapter }: Shown) {
  const lessons = useLessons();
  const facts = useSampled(lessons.facts);
  const shown = useSampled(lessons.facts.shown);
  const heading = useRef<HTMLHeadingElement>(null);
  // Another chapter is read from its title on; a page that is just opened keeps the focus where it is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chapter is what moves the focus.
  useEffect(() => {
    if (navigator.userActivation?.hasBeenActive) heading.current?.focus();
  }, [chapter, of]);
  const isRevealed = useMode((mode) => mode.isRevealed);
  const finding = is.finding?.(shown);
  const isAnswered = isRevealed && is.card?.answer(facts) !== undefined;
  const isDone = is.done?.(facts) ?? isAnswered;
  const last = of.chapters.length - 1;
  return (
    <>
      <div className={`soft ${styles["deck-name"]}`}>
        <p>{of.title}</p>
        <button
          type="button"
          className={`button-link ${styles["all"]}`}
          onClick={() => lessons.leave()}
        >
          All lessons
        </button>
        <Dots of={of} chapter={chapter} />
      </div>
      <h2 ref={heading} className={styles["title"]} tabIndex={-1}>
        {is.title}
      </h2>
      <p className={styles["text"]} data-asked={is.card !== undefined && isRevealed}>
        <Formula text={is.text} />
      </p>
      {is.card && <PredictCard key={`${of.id} ${chapter}`} card={is.card} />}
      {finding && (
        <p className={`${styles["finding"]} numbers`}>
          <b>{isDone && <Icon name="check" />} On the screen:</b> <Formula text={finding} />
        </p>
      )}
      <div className={styles["foot"]}>
        {is.card && <RevealButton onReveal={showStage} />}
        {is.action && (
          <button
            type="button"
            className={`button ${isDone ? "" : "button-accent"} ${styles["act"]}`}
            onClick={() => {
              lessons.act();
              showStage();
            }}
          >
            {is.action.label}
          </button>
        )}
        <div className={styles["ways"]}>
          <button
            type="button"
            className="button"
            disabled={chapter === 0}
            onClick={() => lessons.back()}
          >
            Back
          </button>
          {chapter < last ? (
            <button
              type="button"
              className={`button ${isDone ? "button-accent" : ""}`}
              onClick={() => lessons.next()}
            >
              Next
            </button>
          ) : (
            <button type="button" className="button" onClick={() => lessons.leave()}>
              Finish
            </button>
          )}
        </div>
      </div>
    </>
  );
}

function Dots({ of, chapter }: Pick<Shown, "of" | "chapter">) {
  const lessons = useLessons();
  return (
    <ol className={styles["dots"]} aria-label="Chapters">
      {of.chapters.map(({ title }, i) => (
        <li key={title}>
          <button
            type="button"
            className={styles["dot"]}
            aria-label={`Chapter ${i + 1}: ${title}`}
            aria-current={i === chapter ? "step" : undefined}
            title={title}
            onClick={() => lessons.go(i)}
          />
        </li>
      ))}
    </ol>
  );
}
