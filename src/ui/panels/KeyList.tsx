/** @file The help sheet's keys, from the one table, with a way to change or switch off those that type a character. */
import { type KeyboardEvent, memo, useState } from "react";
import { useKeys, usePlayground } from "../state/app.ts";
import { pausesHidden, setPausesHidden } from "../state/hidden.ts";
import {
  changeKey,
  isSingle,
  keyName,
  keyOf,
  shortcuts,
  usualKeys,
  type Verb,
} from "../state/keys.ts";
import styles from "./HelpDialog.module.css";

/** Has no part in opening and closing the sheet around it. */
export const KeyList = memo(function KeyList() {
  const { keys: store } = usePlayground();
  const keys = useKeys();
  /** Whose new key is waited for. */
  const [asked, setAsked] = useState<Verb>();
  const onKeyDown = (event: KeyboardEvent) => {
    if (!asked || !isSingle(event.key)) return;
    event.preventDefault();
    store.setState(changeKey(keys, asked, event.key.toLowerCase()), true);
    setAsked(undefined);
  };
  return (
    <>
      <dl className={styles["list"]}>
        {shortcuts.map(({ verb, text }) => {
          const name = keyName(keyOf(keys, verb));
          return (
            <div key={verb}>
              <dt>
                <kbd>{name}</kbd>
              </dt>
              <dd>
                {text}
                <button
                  type="button"
                  className={`button button-icon button-quiet ${styles["change"]}`}
                  aria-label={`Another key for: ${text}, now ${name}`}
                  aria-pressed={asked === verb}
                  onClick={() => setAsked(asked === verb ? undefined : verb)}
                  onKeyDown={onKeyDown}
                  onBlur={() => setAsked(undefined)}
                >
                  {asked === verb ? "Press a key…" : "Change"}
                </button>
              </dd>
            </div>
          );
        })}
        <div>
          <dt>
            <kbd>1 … 9</kbd>
          </dt>
          <dd>A lane; a chapter while presenting; a raised hand while a question is asked</dd>
        </div>
        <div>
          <dt>
            <kbd>Esc</kbd>
          </dt>
          <dd>Close what is open; clear the window brushed on the ribbon</dd>
        </div>
        <div>
          <dt>
            <kbd>Shift Home</kbd> <kbd>Shift End</kbd>
          </dt>
          <dd>
            On the ribbon: a window begins, or ends, at the step on show, and its flips are counted;
            so does a drag
          </dd>
        </div>
      </dl>
      <p className={styles["switches"]}>
        <label>
          <input
            type="checkbox"
            checked={keys.hasSingle}
            onChange={({ target }) => store.setState({ hasSingle: target.checked })}
          />{" "}
          Letters, digits and signs are keys
        </label>
        <label>
          <input
            type="checkbox"
            defaultChecked={pausesHidden()}
            onChange={({ target }) => setPausesHidden(target.checked)}
          />{" "}
          Pause while this tab is hidden
        </label>
        <button type="button" className="button" onClick={() => store.setState(usualKeys, true)}>
          Usual keys
        </button>
      </p>
    </>
  );
});
