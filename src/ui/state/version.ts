/** @file The page's version, as run files and links name it. */

export const appVersion: string = import.meta.env["VITE_APP_VERSION"] ?? "development";
