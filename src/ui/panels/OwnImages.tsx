/** @file Images of one's own as the problem: a folder, a zip or binary files, chosen or dropped anywhere on the page. */
import { useEffect, useState } from "react";
import { chosenFrom, droppedIn } from "../images/choose.ts";
import type { Chosen } from "../images/reading.ts";
import { ChooseFiles } from "../parts/ChooseFiles.tsx";
import { ImagesDialog } from "./ImagesDialog.tsx";
import styles from "./RunFiles.module.css";

export function OwnImages() {
  const [chosen, setChosen] = useState<Chosen>();
  useEffect(() => {
    const onDrop = (event: DragEvent) => {
      const dropped = droppedIn(event.dataTransfer?.items ?? []);
      if (!dropped) return;
      event.preventDefault();
      void dropped.then(setChosen);
    };
    window.addEventListener("drop", onDrop);
    return () => window.removeEventListener("drop", onDrop);
  }, []);
  const take = (files: readonly File[]) => setChosen(chosenFrom(files));
  return (
    <>
      <div className={styles["row"]}>
        <ChooseFiles label="Folder of images to learn" what="folder" onChoose={take}>
          Image folder…
        </ChooseFiles>
        <ChooseFiles
          label="Zip or binary files to learn"
          accept=".zip,.bin"
          what="files"
          onChoose={take}
        >
          Zip or .bin…
        </ChooseFiles>
      </div>
      <p className="soft">
        Images, a folder for each class, as a folder or a zip; or CIFAR-10's data_batch files. Up to
        20,000, averaged to 16×16. Nothing leaves this computer.
      </p>
      {chosen && <ImagesDialog chosen={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}
