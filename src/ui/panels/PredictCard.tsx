/** @file Predict, then reveal: a question, a button an option that counts raised hands, and the vote beside the answer. */
import { useEffect, useRef } from "react";
import type { Card } from "../lessons/deck.ts";
import { Formula } from "../parts/Formula.tsx";
import { plural } from "../parts/format.ts";
import { Icon } from "../parts/Icon.tsx";
import { useLessons, useMode, useSampled } from "../state/app.ts";
import styles from "./PredictCard.module.css";

/** Plays to the answer of the card on show; gone once it is pressed. Where it stands is the page's to say. */
export function RevealButton({ onReveal }: { readonly onReveal?: () => void }) {
  const lessons = useLessons();
  const isRevealed = useMode((mode) => mode.isRevealed);
  if (isRevealed) return null;
  return (
    <button
      type="button"
      className={`button button-accent ${styles["reveal"]}`}
      onClick={() => {
        lessons.reveal();
        onReveal?.();
      }}
    >
      Reveal the answer
    </button>
  );
}

export function PredictCard({ card }: { readonly card: Card }) {
  const lessons = useLessons();
  const votes = useMode((mode) => mode.votes);
  const isRevealed = useMode((mode) => mode.isRevealed);
  const facts = useSampled(lessons.facts);
  const answer = isRevealed ? card.answer(facts) : undefined;
  const outcome = useRef<HTMLParagraphElement>(null);
  const isAnswered = answer !== undefined;
  useEffect(() => {
    // On a low screen the rail goes to its end: the answer, and what it was read off.
    const rail = outcome.current?.closest("aside");
    if (isAnswered && rail) rail.scrollTop = rail.scrollHeight;
  }, [isAnswered]);
  const total = votes.reduce((sum, n) => sum + n, 0);
  const most = Math.max(1, ...votes);
  return (
    <section
      className={styles["card"]}
      data-revealed={isRevealed}
      aria-label="Predict, then reveal"
    >
      <h3 className={styles["question"]}>
        <Formula text={card.question} />
      </h3>
      <ul className={styles["options"]}>
        {card.options.map((option, i) => {
          const hands = votes[i] ?? 0;
          return (
            <li key={option} data-right={answer === i}>
              <button
                type="button"
                className={`button ${styles["option"]}`}
                aria-label={`${i + 1}: ${option}, ${plural(hands, "hand")}`}
                aria-disabled={isRevealed}
                title={isRevealed ? "The votes stand" : `Count a raised hand (${i + 1})`}
                onClick={() => lessons.vote(i)}
              >
                {/* The key that counts its hands; letters name lanes. */}
                <kbd className={styles["number"]}>{i + 1}</kbd>
                <span className={styles["words"]}>
                  <Formula text={option} />
                </span>
                {answer === i && <Icon name="check" />}
                <span className="numbers">{hands}</span>
                <span
                  className={styles["bar"]}
                  style={{ inlineSize: `${(100 * hands) / most}%` }}
                  aria-hidden="true"
                />
              </button>
              {!isRevealed && hands > 0 && (
                <button
                  type="button"
                  className="button button-icon"
                  aria-label={`One hand fewer for ${i + 1}`}
                  onClick={() => lessons.vote(i, -1)}
                >
                  −
                </button>
              )}
            </li>
          );
        })}
      </ul>
      <p ref={outcome} className={styles["outcome"]} aria-live="polite">
        {isRevealed && answer === undefined && "Playing to the answer…"}
        {answer !== undefined && (
          <>
            <b>
              <kbd className={styles["number"]}>{answer + 1}</kbd> {card.options[answer]}.
            </b>{" "}
            {total > 0 && `${votes[answer]} of ${plural(total, "hand")} had it. `}
            <Formula text={card.why} />
          </>
        )}
      </p>
    </section>
  );
}
