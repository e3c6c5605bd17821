/** @file Images of one's own as the problem: a folder, a zip or binary files, chosen or dropped anywhere on the page. */
import { type ChangeEvent, useEffect, useRef, useState } from "react";
import { chosenFrom, droppedIn } from "../images/choose.ts";
import type { Chosen } from "../images/reading.ts";
import { ImagesDialog } from "./ImagesDialog.tsx";
import styles from "./RunFiles.module.css";

export function OwnImages() {
  const folder = useRef<HTMLInputElement>(null);
  const files = useRef<HTMLInputElement>(null);
  const [chosen, setChosen] = useState<Chosen>();
  useEffect(() => {
    if (folder.current) folder.current.webkitdirectory = true;
    const onDrop = (event: DragEvent) => {
      const dropped = droppedIn(event.dataTransfer?.items ?? []);
      if (!dropped) return;
      event.preventDefault();
      void dropped.then(setChosen);
    };
    window.addEventListener("drop", onDrop);
    return () => window.removeEventListener("drop", onDrop);
  }, []);
  const take = ({ target }: ChangeEvent<HTMLInputElement>) => {
    if (target.files && target.files.length > 0) setChosen(chosenFrom(target.files));
    target.value = "";
  };
  return (
    <>
      <div className={styles["row"]}>
        <button type="button" className="button" onClick={() => folder.current?.click()}>
          Image folder…
        </button>
        <button type="button" className="button" onClick={() => files.current?.click()}>
          Zip or .bin…
        </button>
        <input
          ref={folder}
          type="file"
          hidden
          aria-label="Folder of images to learn"
          onChange={take}
        />
        <input
          ref={files}
          type="file"
          multiple
          accept=".zip,.bin"
          hidden
          aria-label="Zip or binary files to learn"
          onChange={take}
        />
      </div>
      <p className="soft">
        Images, a folder for each class, as a folder or a zip; or CIFAR-10's data_batch files. Up to
        20,000, averaged to 16×16. Nothing leaves this computer.
      </p>
      {chosen && <ImagesDialog chosen={chosen} onClose={() => setChosen(undefined)} />}
    </>
  );
}
