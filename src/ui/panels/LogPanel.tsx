/** @file The narrator: a line an event, newest first, by lane if wished; and the whole of it as lecture notes. */
import { useState } from "react";
import { Segmented } from "../parts/Segmented.tsx";
import { saveFile } from "../parts/save-file.ts";
import { useActions, usePlayground, useSampled } from "../state/app.ts";
import styles from "./LogPanel.module.css";
import { notesOf } from "./notes.ts";
import { useLanes } from "./use-lanes.ts";

/** More lines than this nobody reads here; the notes have all. */
const most = 100;

export function LogPanel() {
  const { scrubTo } = useActions();
  const playground = usePlayground();
  const lanes = useLanes();
  const lines = useSampled(playground.log);
  const [wanted, setWanted] = useState("");
  const isThere = lanes.some(({ letter }) => letter === wanted);
  const shown = isThere ? lines.filter(({ letter }) => letter === wanted) : lines;
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
      <ol className={styles["lines"]} aria-label="Log" reversed>
        {shown
          .slice(-most)
          .toReversed()
          .map(({ letter, steps, text }) => (
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
