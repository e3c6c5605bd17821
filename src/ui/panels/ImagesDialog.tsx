/** @file A choice of images before it is used: how far its reading is, each class with some images, and what is left out. */
import { useEffect, useRef, useState } from "react";
import type { OwnImages } from "../../protocol/own-images.ts";
import type { ReadSet } from "../images/read-images.ts";
import { type Chosen, type Reading, startReading } from "../images/reading.ts";
import { formatCount, plural } from "../parts/format.ts";
import { useActions } from "../state/app.ts";
import { ClassList } from "./ClassList.tsx";
import help from "./HelpDialog.module.css";
import styles from "./ImagesDialog.module.css";

interface Props {
  readonly chosen: Chosen;
  readonly onClose: () => void;
}

export function ImagesDialog({ chosen, onClose }: Props) {
  const { learnImages } = useActions();
  const dialog = useRef<HTMLDialogElement>(null);
  const [reading, setReading] = useState<Reading>();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
    setReading(undefined);
    return startReading(chosen, setReading);
  }, [chosen]);
  const set = reading?.kind === "read" ? reading.set : undefined;
  const images = set?.images;
  const close = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      className={`${help["dialog"]} ${styles["dialog"]}`}
      aria-labelledby="images-title"
      // Told a moment after it closed, when another choice may have opened it again.
      onClose={() => !dialog.current?.open && onClose()}
    >
      <h2 id="images-title">Images of {chosen.name}</h2>
      {set ? <Found set={set} /> : <Waiting reading={reading} />}
      <div className={styles["row"]}>
        {images && (
          <button
            type="button"
            className="button button-accent"
            onClick={() => {
              close();
              onClose();
              learnImages(images);
            }}
          >
            Search on these
          </button>
        )}
        <button type="button" className="button" onClick={close}>
          {images || !set ? "Cancel" : "Close"}
        </button>
      </div>
    </dialog>
  );
}

function Waiting({ reading }: { readonly reading: Reading | undefined }) {
  if (reading?.kind === "failed")
    return <p role="alert">They could not be read: {reading.reason}</p>;
  const counted = reading?.kind === "progress" ? reading : undefined;
  return (
    <div className={styles["row"]}>
      <progress
        aria-label="Images read"
        className={styles["grow"]}
        {...(counted && { value: counted.done, max: counted.total })}
      />
      {counted && `${formatCount(counted.done)} of ${formatCount(counted.total)}`}
    </div>
  );
}

function Found({ set }: { readonly set: ReadSet }) {
  const { images, refused, rejected, skipped } = set;
  return (
    <>
      {refused !== undefined && <p role="alert">{refused}.</p>}
      {images && <Summary images={images} />}
      {images && <ClassList images={images} />}
      {rejected.length > 0 && (
        <section className={styles["rejected"]} aria-labelledby="images-rejected">
          <h3 id="images-rejected">Not used: {formatCount(rejected.length)}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
          <ul tabIndex={0} aria-labelledby="images-rejected">
            {rejected.map(({ path, reason }) => (
              <li key={path}>
                <b>{path}</b> {reason}
              </li>
            ))}
          </ul>
        </section>
      )}
      {skipped > 0 && <p className="soft">Skipped: {plural(skipped, "hidden or system file")}.</p>}
    </>
  );
}

const Summary = ({ images }: { readonly images: OwnImages }) => (
  <p aria-live="polite">
    {formatCount(images.labels.byteLength)} images in {formatCount(images.classes.length)} classes,
    as the network will see them. Five twelfths are for w, as many for α; the rest is for tests.
  </p>
);
