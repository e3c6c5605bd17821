/** @file A link for another page or a class: the settings and the chapter on show, embedded, with parts hidden. */
import { useState } from "react";
import { CopyButton } from "../parts/CopyButton.tsx";
import { useLessons } from "../state/app.ts";
import { type Hideable, hideable } from "../state/mode.ts";
import styles from "./LessonPanel.module.css";

/** What a link may hide, as people call it. */
export const hideNames: Readonly<Record<Hideable, string>> = {
  rail: "Lesson and Setup",
  results: "Results",
  tools: "Tools over the cell",
  scrubber: "Scrubber",
  fork: "Fork",
  speed: "Speed",
};

export function EmbedLink() {
  const lessons = useLessons();
  const [hide, setHide] = useState<readonly Hideable[]>([]);
  const [link, setLink] = useState<string>();
  const make = async () => {
    const hash = await lessons.link({ embed: true, ...(hide.length > 0 && { hide }) });
    if (hash !== undefined) setLink(new URL(hash, location.href.replace(/#.*$/, "")).href);
  };
  return (
    <details className={styles["embed"]}>
      <summary>Link for another page</summary>
      <p className="soft">Opens what is set now, without the header. At least 640 × 420 pixels.</p>
      <fieldset>
        <legend className="soft">Hidden there</legend>
        {hideable.map((part) => (
          <label key={part}>
            <input
              type="checkbox"
              checked={hide.includes(part)}
              onChange={({ target }) => {
                setLink(undefined);
                setHide(hideable.filter((p) => (p === part ? target.checked : hide.includes(p))));
              }}
            />{" "}
            {hideNames[part]}
          </label>
        ))}
      </fieldset>
      <button type="button" className="button" onClick={() => void make()}>
        Make the link
      </button>
      {link && (
        <p className={styles["link"]}>
          <a href={link}>The embedded page</a>
          <CopyButton text={() => link} label="Copy the link">
            Copy
          </CopyButton>
        </p>
      )}
    </details>
  );
}
