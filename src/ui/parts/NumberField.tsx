/** @file A typed number with its allowed range: clamped on entry, and never without saying so. */
import { useEffect, useId, useState } from "react";
import type { HyperField } from "../../protocol/spec.ts";
import styles from "./NumberField.module.css";
import { formatValue, readTyped } from "./range-scale.ts";

interface Props {
  readonly label: string;
  readonly range: Pick<HyperField, "min" | "max" | "scale">;
  readonly value: number;
  /** Called with an allowed number, on Enter or when the field is left. */
  readonly onCommit: (value: number) => void;
  /** Wide enough for a 32-bit seed. */
  readonly wide?: boolean;
}

export function NumberField({ label, range, value, onCommit, wide = false }: Props) {
  const [text, setText] = useState(() => formatValue(value));
  const [note, setNote] = useState<string>();
  const noteId = useId();
  // The value may change from outside: a slider, a preset, a refusal.
  useEffect(() => setText(formatValue(value)), [value]);

  const commit = () => {
    if (text === formatValue(value)) return setNote(undefined);
    const typed = readTyped(range, text);
    setNote(typed.note);
    setText(formatValue(typed.value ?? value));
    if (typed.value !== undefined && typed.value !== value) onCommit(typed.value);
  };
  return (
    <span className={styles["field"]}>
      <input
        type="text"
        inputMode={range.scale === "integer" ? "numeric" : "decimal"}
        autoComplete="off"
        spellCheck={false}
        className={wide ? styles["wide"] : styles["narrow"]}
        aria-label={label}
        aria-describedby={note ? noteId : undefined}
        aria-invalid={note ? true : undefined}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onFocus={(event) => event.target.select()}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key === "Escape") setText(formatValue(value));
        }}
      />
      {note && (
        <span id={noteId} role="alert" className={styles["note"]}>
          {note}
        </span>
      )}
    </span>
  );
}
