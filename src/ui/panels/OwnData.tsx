/** @file Data of one's own as the problem: a text, chosen with a button or dropped anywhere on the page, and images. */
import { useEffect, useRef } from "react";
import { useActions } from "../state/app.ts";
import { KeptList } from "./KeptList.tsx";
import { OwnImages } from "./OwnImages.tsx";
import styles from "./RunFiles.module.css";

const isTextFile = (file: File) => file.type.startsWith("text/") || /\.(txt|md)$/i.test(file.name);

export function OwnData() {
  const { learnText } = useActions();
  const input = useRef<HTMLInputElement>(null);
  const open = (file: File) => void file.arrayBuffer().then((bytes) => learnText(bytes, file.name));
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    // Other files are left to whoever wants them.
    const onDrop = (event: DragEvent) => {
      const file = [...(event.dataTransfer?.files ?? [])].find(isTextFile);
      if (!file) return;
      event.preventDefault();
      latest.current(file);
    };
    window.addEventListener("drop", onDrop);
    return () => window.removeEventListener("drop", onDrop);
  }, []);
  return (
    <section className={styles["files"]} aria-label="Own data">
      <h2>Own data</h2>
      <div className={styles["row"]}>
        <button type="button" className="button" onClick={() => input.current?.click()}>
          Learn a text…
        </button>
        <input
          ref={input}
          type="file"
          accept="text/*,.txt,.md"
          hidden
          aria-label="Text file to learn"
          onChange={({ target }) => {
            const [file] = target.files ?? [];
            if (file) open(file);
            target.value = "";
          }}
        />
      </div>
      <p className="soft">UTF-8, 1,000 characters to 10 MB, learnt by a recurrent cell.</p>
      <OwnImages />
      <KeptList />
    </section>
  );
}
