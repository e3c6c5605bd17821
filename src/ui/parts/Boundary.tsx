/** @file What is shown when drawing itself fails: the reason and a way back, never a blank page. */
import { Component, type ReactNode } from "react";
import { Alarm } from "./Alarm.tsx";

interface Props {
  readonly children: ReactNode;
}
interface State {
  readonly error?: unknown;
}

/** React offers error boundaries only as a class. */
export class Boundary extends Component<Props, State> {
  override state: State = {};

  static getDerivedStateFromError(error: unknown): State {
    return { error };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <Alarm title="The page could not be drawn" text={String(error)}>
        <button type="button" className="button" onClick={() => location.reload()}>
          Reload
        </button>
      </Alarm>
    );
  }
}
