/** @file Which ends of addresses are links to settings. */

/** Links begin with their version; anything else is a place on the page, such as "#stage". */
export const isLink = (hash: string): boolean => /^#?\d/.test(hash);

/** Whether an address names a lesson, there is one of that name or not. */
export const isPlaceLink = (hash: string): boolean => /^#?lesson/i.test(hash);
