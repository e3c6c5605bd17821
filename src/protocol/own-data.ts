/** @file How data of the user's own are named: by their content, so that a run's spec and a link name the very data. */

/** What own data may be. */
export type OwnKind = "text" | "images";

/** The task's id: "images-1a2b3c4d". `hash`: at least eight hexadecimal digits of the content. */
export const ownTaskId = (kind: OwnKind, hash: string): string => `${kind}-${hash.slice(0, 8)}`;

/** The own data that a task's or a preset's id names, as their task's id; undefined if it names none. */
export const ownTaskIn = (id: string): string | undefined =>
  /(?:^|-)((?:text|images)-[0-9a-f]{8})$/.exec(id)?.[1];
