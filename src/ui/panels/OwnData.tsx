/** @file Data of one's own as the problem: a text, chosen with a button or dropped anywhere on the page, and images. */
import { useDroppedFile } from "../hooks/useDroppedFile.ts";
import { ChooseFiles } from "../parts/ChooseFiles.tsx";
import { useActions } from "../state/app.ts";
import { KeptList } from "./KeptList.tsx";
import { OwnImages } from "./OwnImages.tsx";
import styles from "./RunFiles.module.css";

const isTextFile = (file: File) => file.type.startsWith("text/") || /\.(txt|md)$/i.test(file.name);

export function OwnData() {
  const { learnText } = useActions();
  const open = (file: File) => void file.arrayBuffer().then((bytes) => learnText(bytes, file.name));
  useDroppedFile(isTextFile, open);
  return (
    <section className={styles["files"]} aria-label="Own data">
      <h2>Own data</h2>
      <div className={styles["row"]}>
        <ChooseFiles
          label="Text file to learn"
          accept="text/*,.txt,.md"
          onChoose={([file]) => open(file)}
        >
          Learn a text…
        </ChooseFiles>
      </div>
      <p className="soft">UTF-8, 1,000 characters to 10 MB, learnt by a recurrent cell.</p>
      <OwnImages />
      <KeptList />
    </section>
  );
}
