/** @file A button that asks for files of one's own. */
import { type ReactNode, useEffect, useRef } from "react";

interface ChooseFilesProps {
  /** What the button says. */
  readonly children: ReactNode;
  /** What the files are for. */
  readonly label: string;
  /** Endings and types, as a file input takes them; all if absent. */
  readonly accept?: string;
  /** One file, several, or all of a folder. */
  readonly what?: "file" | "files" | "folder";
  /** At least one. The same may be chosen again. */
  readonly onChoose: (files: readonly [File, ...File[]]) => void;
}

export function ChooseFiles({
  children,
  label,
  accept,
  what = "file",
  onChoose,
}: ChooseFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (input.current) input.current.webkitdirectory = what === "folder";
  }, [what]);
  return (
    <>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        {children}
      </button>
      <input
        ref={input}
        type="file"
        accept={accept}
        multiple={what === "files"}
        hidden
        aria-label={label}
        onChange={({ target }) => {
          const [first, ...others] = target.files ?? [];
          if (first) onChoose([first, ...others]);
          target.value = "";
        }}
      />
    </>
  );
}
