/** @file One hyper-parameter: its name, a slider, a number field, its help, and a way back to its default. */
import { useId } from "react";
import type { HyperField } from "../../protocol/spec.ts";
import { formatNumber } from "./format.ts";
import styles from "./HyperControl.module.css";
import { Icon } from "./Icon.tsx";
import { NumberField } from "./NumberField.tsx";
import { formatValue, positionOf, positions, valueAt } from "./range-scale.ts";

interface Props {
  readonly field: HyperField;
  readonly value: number;
  readonly onChange: (value: number) => void;
}

/** Half a percent of the range: one key press, and about one pixel of a drag. */
const positionStep = 5;

export function HyperControl({ field, value, onChange }: Props) {
  const helpId = useId();
  const { label, help, live, scale } = field;
  const isChanged = value !== field.default;
  return (
    <div className={styles["control"]} data-changed={isChanged}>
      <div className={styles["row"]}>
        <span className={styles["label"]} aria-hidden="true">
          {label}
        </span>
        {!live && (
          <span className={styles["restarts"]} title="Takes effect with the next Reset">
            restarts the run
          </span>
        )}
        {isChanged && (
          <button
            type="button"
            className="button button-icon button-quiet"
            aria-label={`Set ${label} back to ${formatValue(field.default)}`}
            title={`Back to ${formatValue(field.default)}`}
            onClick={() => onChange(field.default)}
          >
            <Icon name="reset" />
          </button>
        )}
        {scale === "switch" ? (
          <input
            type="checkbox"
            role="switch"
            className={styles["switch"]}
            aria-label={label}
            aria-describedby={helpId}
            aria-checked={value === 1}
            checked={value === 1}
            onChange={(event) => onChange(event.target.checked ? 1 : 0)}
          />
        ) : (
          <NumberField label={`${label}, value`} range={field} value={value} onCommit={onChange} />
        )}
      </div>
      {scale !== "switch" && (
        <Slider field={field} value={value} onChange={onChange} helpId={helpId} />
      )}
      <p id={helpId} className={`${styles["help"]} soft`} title={help}>
        {help}
        {!live && <span className="visually-hidden"> Takes effect with the next Reset.</span>}
      </p>
    </div>
  );
}

function Slider({ field, value, onChange, helpId }: Props & { readonly helpId: string }) {
  const isWhole = field.scale === "integer";
  return (
    <input
      type="range"
      className={styles["slider"]}
      aria-label={field.label}
      aria-describedby={helpId}
      aria-valuetext={formatNumber(value)}
      min={isWhole ? field.min : 0}
      max={isWhole ? field.max : positions}
      step={isWhole ? 1 : positionStep}
      value={isWhole ? value : positionOf(field, value)}
      onChange={({ target }) =>
        onChange(isWhole ? Number(target.value) : valueAt(field, Number(target.value)))
      }
    />
  );
}
