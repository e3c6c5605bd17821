/** @file The page's build, and the unit tests, in Node: one that needs a DOM says so in its first line. */
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import packageJson from "./package.json" with { type: "json" };
import { serviceWorker } from "./scripts/lib/service-worker.ts";

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

// Run files name the version that wrote them.
process.env["VITE_APP_VERSION"] = packageJson.version;

export default defineConfig({
  // Relative addresses: the built page works under any path of any static host.
  base: "./",
  plugins: [react(), withoutPolicy, serviceWorker()],
  worker: { format: "es" },
  build: {
    target: "es2022",
    // One style sheet: panels that arrive late come styled, and chunks need no lists of what to fetch beside them.
    cssCodeSplit: false,
    modulePreload: false,
    chunkSizeWarningLimit: 2000,
    // "npm start" shows warnings to people who only want the page.
    rolldownOptions: { checks: { pluginTimings: false } },
  },
  server: { headers: isolation },
  // By the name under which it is bundled; Node, which runs the tests, resolves it otherwise (ADR 0005).
  resolve: process.env["VITEST"]
    ? {}
    : { alias: { "#tf-gradients": "@tensorflow/tfjs-core/dist/register_all_gradients.js" } },
  // Bundled together for the dev server: found one by one, each would bring a copy of tfjs-core of its own.
  optimizeDeps: {
    include: [
      "@tensorflow/tfjs-core",
      "@tensorflow/tfjs-core/dist/register_all_gradients.js",
      "@tensorflow/tfjs-backend-cpu",
      "@tensorflow/tfjs-backend-webgl",
      "@tensorflow/tfjs-backend-webgpu",
      "fflate",
      "@noble/hashes/sha2.js",
      "@noble/hashes/utils.js",
    ],
  },
  test: {
    // Numerics on a busy two-core machine: slow is not wrong.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // By itself vitest leaves one processor alone, which of two is half.
    maxWorkers: "100%",
    include: ["src/**/*.test.{ts,tsx}", "{test,scripts}/**/*.test.ts"],
  },
});
