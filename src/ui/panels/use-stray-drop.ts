/** @file A file that is dropped and that nothing on the page takes: said, instead of shown in place of the page. */
import { useEffect } from "react";
import { useActions } from "../state/app.ts";

const known =
  "What can be dropped, but not while presenting: a run file (.nasrun), a text (.txt, .md), images in a folder or a zip, and CIFAR-10's .bin files.";

/** A browser leaves the page for a dropped file that no listener keeps it from. */
export function useStrayDrop(): void {
  const { notify } = useActions();
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const onOver = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const last = (event: DragEvent) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      const names = [...(event.dataTransfer?.files ?? [])].map(({ name }) => name).join(", ");
      notify({
        title: "File not taken",
        lines: [`${names || "It"} is nothing to search on.`, known],
      });
    };
    // Added while the event is under way, so that it comes after everybody else's.
    const first = (event: DragEvent) => {
      if (hasFiles(event)) window.addEventListener("drop", last, { once: true });
    };
    window.addEventListener("dragover", onOver);
    window.addEventListener("drop", first, { capture: true });
    return () => {
      window.removeEventListener("dragover", onOver);
      window.removeEventListener("drop", first, { capture: true });
      window.removeEventListener("drop", last);
    };
  }, [notify]);
}
