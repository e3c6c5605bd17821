/** @file The narrator: a line an event, newest last and in view, by lane if wished; and the whole of it as lecture notes. */
import { useEffect, useRef, useState } from "react";
import { Segmented } from "../parts/Segmented.tsx";
import { saveFile } from "../parts/save-file.ts";
import { useActions, usePlayground, useSampled } from "../state/app.ts";
import styles from "./LogPanel.module.css";
import { notesOf } from "./notes.ts";
import { useLanes } from "./use-lanes.ts";

/** More lines than this nobody reads here; the notes have all. */
const most = 100;
/** So many px from its end the list still follows what comes. */
const nearEnd = 40;

export function LogPanel() {
  const { scrubTo } = useActions();
  const playground = usePlayground();
  const lanes = useLanes();
  const lines = useSampled(playground.log);
  const [wanted, setWanted] = useState("");
  const isThere = lanes.some(({ letter }) => letter === wanted);
  const shown = isThere ? lines.filter(({ letter }) => letter === wanted) : lines;
  const list = useRef<HTMLOListElement>(null);
  // Lines come below the others and the list follows by scrolling, so that none moves under the eye of who scrolled up.
  const isAtEnd = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every new line is what it follows
  useEffect(() => {
    if (!isAtEnd.current) return;
    // In a frame, in which the page is laid out anyway.
    const frame = requestAnimationFrame(() =>
      list.current?.scrollTo({ top: list.current.scrollHeight }),
    );
    return () => cancelAnimationFrame(frame);
  }, [shown]);
  return (
    <>
      <div className={styles["head"]}>
        {lanes.length > 1 && (
          <Segmented
            label="Lanes in the log"
            options={[
              { value: "", label: "All" },
              ...lanes.map(({ letter }) => ({ value: letter, label: letter })),
            ]}
            value={isThere ? wanted : ""}
            onChange={setWanted}
          />
        )}
        <button
          type="button"
          className="button"
          onClick={() =>
            saveFile(new Blob([notesOf(playground)], { type: "text/markdown" }), "lecture-notes.md")
          }
        >
          Lecture notes
        </button>
      </div>
      {shown.length === 0 && <p className="soft">Events are told here as they happen.</p>}
      <ol
        ref={list}
        className={styles["lines"]}
        aria-label="Log"
        onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
          isAtEnd.current = scrollTop + clientHeight > scrollHeight - nearEnd;
        }}
      >
        {shown.slice(-most).map(({ letter, steps, text }) => (
          <li key={`${letter} ${steps} ${text}`}>
            <button
              type="button"
              className={styles["when"]}
              title="Show this moment"
              onClick={() => scrubTo(steps)}
            >
              {letter} {steps}
            </button>{" "}
            {text}
          </li>
        ))}
      </ol>
    </>
  );
}
