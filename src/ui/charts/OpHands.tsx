/** @file The controls of one op's α in the edge card: less, a number, more; hold, pin, mask. */
import { type KeyboardEvent, useId, useRef, useState } from "react";
import type { Force } from "../../protocol/spec.ts";
import numberField from "../parts/NumberField.module.css";
import { readTyped } from "../parts/range-scale.ts";
import { forceGlyphs, forceHelp } from "../viz/force-marks.ts";
import css from "./EdgeCard.module.css";
import type { GroupSteer } from "./hands.ts";

/** How far a button moves α, and an arrow key. */
const [buttonStep, keyStep] = [0.25, 0.1];
/** What may be typed: far beyond what any search reaches. */
const range = { min: -1000, max: 1000, scale: "linear" } as const;
/** What masks put in place of α. */
const out = -1e8;

/** Two decimals; a masked one has none. */
export const alphaText = (alpha: number | undefined): string =>
  alpha === undefined ? "" : alpha < out ? "−∞" : alpha.toFixed(2).replace("-", "−");

const kinds: readonly Force["kind"][] = ["hold", "pin", "mask"];
const offered = (hasMask: boolean) => kinds.filter((kind) => hasMask || kind !== "mask");

interface OpHandsHeadProps {
  readonly hasBars: boolean;
  /** A column for the untouched twin's weights. */
  readonly hasTwin: boolean;
  readonly hasMask: boolean;
}

/** Column heads, for the eye and for screen readers. */
export function OpHandsHead({ hasBars, hasTwin, hasMask }: OpHandsHeadProps) {
  return (
    <thead>
      <tr>
        <th scope="col" colSpan={hasBars ? 5 : 4} className={css["weights"]}>
          weight
        </th>
        {hasTwin && (
          <th scope="col" title="The weight without any hand" className={css["heads"]}>
            twin
          </th>
        )}
        <th scope="col" className={css["heads"]}>
          α
        </th>
        {offered(hasMask).map((kind) => (
          <th key={kind} scope="col" title={forceHelp[kind]} className={css["heads"]}>
            {kind}
          </th>
        ))}
      </tr>
    </thead>
  );
}

interface OpHandsProps {
  readonly name: string;
  readonly kind: Force["kind"] | undefined;
  readonly hasMask: boolean;
  readonly valueNow: () => number | undefined;
  readonly onSteer: (steer: Omit<GroupSteer, "edge" | "op">) => void;
}

/** Table cells of one row. */
export function OpHands({ name, kind, hasMask, valueNow, onSteer }: OpHandsProps) {
  const field = useRef<HTMLInputElement>(null);
  const isOut = kind === "mask";
  const move = (by: number) => onSteer({ set: (valueNow() ?? 0) + by });
  const [note, setNote] = useState<string>();
  const noteId = useId();
  const commit = () => {
    if (!field.current) return;
    const text = field.current.value;
    if (text === alphaText(valueNow())) return setNote(undefined);
    const typed = readTyped(range, text);
    setNote(typed.note);
    field.current.value = alphaText(typed.value ?? valueNow());
    if (typed.value !== undefined) onSteer({ set: typed.value });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowUp: keyStep, ArrowDown: -keyStep };
    const step = steps[event.key];
    if (event.key === "Enter") commit();
    else if (step !== undefined && field.current) {
      const next = (valueNow() ?? 0) + step;
      field.current.value = alphaText(next);
      onSteer({ set: next });
    } else return;
    event.preventDefault();
  };
  return (
    <>
      <td>
        <span className={`${css["number"]} ${numberField["field"]}`}>
          <button
            type="button"
            aria-label={`Less ${name}`}
            disabled={isOut}
            onClick={() => move(-buttonStep)}
          >
            −
          </button>
          <input
            ref={field}
            type="text"
            inputMode="decimal"
            autoComplete="off"
            aria-label={`α of ${name}`}
            aria-describedby={note ? noteId : undefined}
            aria-invalid={note ? true : undefined}
            defaultValue={alphaText(valueNow())}
            disabled={isOut}
            onFocus={(event) => event.target.select()}
            onBlur={commit}
            onKeyDown={onKeyDown}
          />
          <button
            type="button"
            aria-label={`More ${name}`}
            disabled={isOut}
            onClick={() => move(buttonStep)}
          >
            +
          </button>
          {note && (
            <span id={noteId} role="alert" className={numberField["note"]}>
              {note}
            </span>
          )}
        </span>
      </td>
      {offered(hasMask).map((offer) => (
        <td key={offer}>
          <button
            type="button"
            className={css["hand"]}
            aria-pressed={kind === offer}
            aria-label={`${offer} ${name}`}
            title={`${offer}: ${forceHelp[offer]}`}
            onClick={() => onSteer({ force: kind === offer ? "none" : offer })}
          >
            <svg width="16" height="16" viewBox="-8 -8 16 16" aria-hidden="true" focusable="false">
              <path d={forceGlyphs[offer]} />
            </svg>
          </button>
        </td>
      ))}
    </>
  );
}
