/** @file Components whose code arrives after the page can be used: nothing of them is drawn until then. */
import { type ComponentType, useEffect, useState } from "react";

const loads: (() => Promise<void>)[] = [];

/** A component that is loaded when it is first drawn, or by `loadAll`; from then on it is drawn at once. */
export function later<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
): ComponentType<Props> {
  let Loaded: ComponentType<Props> | undefined;
  let loading: Promise<void> | undefined;
  const start = () => {
    loading ??= load().then((component) => {
      Loaded = component;
    });
    return loading;
  };
  loads.push(start);
  // biome-ignore lint/correctness/noComponentHookFactories: called once a panel, when modules are loaded
  return function Later(props: Props) {
    const [state, setState] = useState<{ readonly error?: unknown }>({});
    const isHere = Loaded !== undefined;
    useEffect(() => {
      if (isHere) return;
      // A server that has changed in the meantime no longer has the file: the page's boundary says so.
      start().then(
        () => setState({}),
        (error: unknown) => setState({ error }),
      );
    }, [isHere]);
    if ("error" in state) throw state.error;
    return Loaded ? <Loaded {...props} /> : null;
  };
}

/** Loads every such component; rejects if one cannot be had. */
export const loadAll = async (): Promise<void> => {
  await Promise.all(loads.map((load) => load()));
};
