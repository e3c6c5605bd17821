/** @file A fault in words, with an icon and the buttons that may mend it. */
import type { ReactNode } from "react";
import styles from "./Alarm.module.css";
import { Icon } from "./Icon.tsx";

interface Props {
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}

/** Spoken at once by a screen reader. */
export function Alarm({ title, text, children }: Props) {
  return (
    <div role="alert" className={styles["alarm"]}>
      <Icon name="warning" />
      <p>
        <b>{title}.</b> {text}
      </p>
      {children}
    </div>
  );
}
