/** @file Keys and words, in a native dialog that leaves the page usable. */
import { useEffect, useRef } from "react";
import { useActions, useView } from "../state/app.ts";
import styles from "./HelpDialog.module.css";
import { KeyList } from "./KeyList.tsx";

const words: readonly (readonly [word: string, meaning: string])[] = [
  ["w", "the weights of the network, learnt on one half of the training images"],
  ["α", "the architecture: how strongly each edge of the cell leans towards each operation"],
  ["Rope", "one edge of the cell; its strands are softmax(α), so together they are always as wide"],
  ["Genotype", "the architecture kept if the search stopped now"],
  ["Lane", "one search; two lanes share seed, first weights and batches"],
];

export function HelpDialog() {
  const { setHelp } = useActions();
  const isOpen = useView((view) => view.isHelpOpen);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    // Beside the page, not over it: to shut the page off would style it anew, twice, while it plays.
    if (isOpen && !dialog.current?.open) dialog.current?.show();
    if (!isOpen) dialog.current?.close();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      className={styles["dialog"]}
      aria-labelledby="help-title"
      onClose={() => setHelp(false)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !event.defaultPrevented) dialog.current?.close();
      }}
    >
      <h2 id="help-title">Keys and words</h2>
      <KeyList />
      <dl className={styles["list"]}>
        {words.map(([word, meaning]) => (
          <div key={word}>
            <dt>
              <b>{word}</b>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p className="soft">
        The CIFAR-10 images here are down-sampled to 16×16 and only 10,000 of them train a tiny
        supernet: rankings may differ from the papers'.
      </p>
      <form method="dialog">
        <button type="submit" className="button button-accent">
          Close
        </button>
      </form>
    </dialog>
  );
}
