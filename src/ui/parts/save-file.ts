/** @file Hands a file to the browser's downloads. */

/** How long the browser may take to read it. */
const heldMs = 10_000;

/** Nothing leaves the machine: the file is made here. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), heldMs);
}
