/** @file The page's build, and the two test projects: the engine in Node, the interface in a DOM. */
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** What `npm start` sends too: with these a page may share memory between threads. */
const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Hot reload needs inline scripts and styles, which the page's policy forbids; the built page keeps its policy. */
const withoutPolicy: Plugin = {
  name: "without-policy",
  apply: "serve",
  transformIndexHtml: (html) =>
    html.replace(/<meta\s+http-equiv="Content-Security-Policy"[^>]*>/, ""),
};

export default defineConfig({
  // Relative addresses: the built page works under any path of any static host.
  base: "./",
  plugins: [react(), withoutPolicy],
  worker: { format: "es" },
  build: { target: "es2022", chunkSizeWarningLimit: 2000 },
  server: { headers: isolation },
  test: {
    // Numerics on a busy two-core machine: slow is not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    projects: [
      {
        extends: true,
        test: {
          name: "engine",
          environment: "node",
          include: ["src/{protocol,engine,worker,cli}/**/*.test.ts", "{test,scripts}/**/*.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "ui",
          environment: "happy-dom",
          include: ["src/ui/**/*.test.{ts,tsx}"],
        },
      },
    ],
  },
});
