/** @file Builds the service worker last: it knows every file of the page by its content. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { build, type Plugin } from "vite";
import type { Build } from "../../src/offline/kept.ts";

const sourceMap = /\.map$/;

/** Every file below `folder` with its integrity; throws what reading throws. */
function describeBuild(folder: string): Build {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !sourceMap.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
  const files: Record<string, string> = {};
  for (const path of paths) {
    const hash = createHash("sha384").update(readFileSync(join(folder, path)));
    files[path.split(sep).join("/")] = `sha384-${hash.digest("base64")}`;
  }
  const html = readFileSync(join(folder, "index.html"), "utf8");
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]*)"/.exec(html)?.[1];
  if (!policy) throw new Error(`${folder}/index.html has no Content-Security-Policy`);
  const id = createHash("sha256").update(JSON.stringify(files)).digest("hex").slice(0, 16);
  return { id, policy, files };
}

/** Writes `service-worker.js` beside the built page, and nothing while the page is developed. */
export function serviceWorker(): Plugin {
  let root = "";
  let folder = "";
  let isWritten = false;
  return {
    name: "service-worker",
    apply: "build",
    configResolved(config) {
      root = config.root;
      folder = resolve(root, config.build.outDir);
    },
    writeBundle() {
      isWritten = true;
    },
    async closeBundle() {
      if (!isWritten) return;
      await build({
        configFile: false,
        root,
        publicDir: false,
        logLevel: "warn",
        define: { BUILD: JSON.stringify(describeBuild(folder)) },
        build: {
          outDir: folder,
          emptyOutDir: false,
          target: "es2022",
          rolldownOptions: {
            input: join(root, "src/offline/service-worker.ts"),
            output: { format: "iife", entryFileNames: "service-worker.js" },
          },
        },
      });
    },
  };
}
