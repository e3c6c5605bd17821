/** @file Copies a text, and says whether it did. */
import { type ReactNode, useEffect, useState } from "react";
import { Icon } from "./Icon.tsx";

interface Props {
  /** What it does, until it has done it. */
  readonly label: string;
  /** Asked for when it is wanted. */
  readonly text: () => string;
  /** Absent where the icon has to do. */
  readonly children?: ReactNode;
}
/** How long the button says what it did. */
const feedbackMs = 2000;

export function CopyButton({ label, text, children }: Props) {
  const [said, setSaid] = useState<"Copied" | "Copying failed">();
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), feedbackMs);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () => {
    // Absent outside a secure context, whatever its type says.
    const clipboard: Clipboard | undefined = navigator.clipboard;
    if (!clipboard) return setSaid("Copying failed");
    clipboard.writeText(text()).then(
      () => setSaid("Copied"),
      () => setSaid("Copying failed"),
    );
  };
  return (
    <button
      type="button"
      className="button button-icon"
      aria-label={said ?? label}
      title={label}
      onClick={copy}
    >
      <Icon name={said === "Copied" ? "check" : said ? "warning" : "copy"} />
      {children && (said ?? children)}
    </button>
  );
}
