/** @file A file that is dropped anywhere on the page. */
import { useEffect, useRef } from "react";

/** Opens the first dropped file that is wanted; a drop without one is left to whoever wants it. `isWanted` stays the same. */
export function useDroppedFile(
  isWanted: (file: File) => boolean,
  open: (file: File) => void,
): void {
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      const file = [...(event.dataTransfer?.files ?? [])].find(isWanted);
      if (!file) return;
      event.preventDefault();
      latest.current(file);
    };
    window.addEventListener("dragover", onOver);
    window.addEventListener("drop", onDrop);
    return () => {
      window.removeEventListener("dragover", onOver);
      window.removeEventListener("drop", onDrop);
    };
  }, [isWanted]);
}
