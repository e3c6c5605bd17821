/** @file A static server for the built page, with the headers that let it share memory between threads. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import sirv from "sirv";

const isolation = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Content-Type-Options": "nosniff",
};

/**
 * The page's own policy, for every file: a worker does not inherit it from the page that starts it.
 * @param {string} folder
 * @returns {Record<string, string>}
 */
function policyOf(folder) {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  const meta = /<meta\s+http-equiv="(Content-Security-Policy)"\s+content="([^"]*)"/.exec(html);
  return meta ? { [meta[1] ?? ""]: meta[2] ?? "" } : {};
}

/**
 * Serves a folder to this machine alone. Names under `assets/` carry their content's hash and are kept for ever;
 * everything else is asked for again each time and answered with 304 where it has not changed.
 * @param {string} folder
 * @param {number} port the wanted one; if it is taken, the system chooses
 * @returns {Promise<{ port: number, close: () => void }>}
 */
export async function serve(folder, port) {
  const always = { ...isolation, ...policyOf(folder) };
  const files = sirv(folder, {
    etag: true,
    setHeaders(response, path) {
      const forEver = path.startsWith("/assets/");
      response.setHeader(
        "Cache-Control",
        forEver ? "public, max-age=31536000, immutable" : "no-cache",
      );
    },
  });
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(always)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD" }).end();
      return;
    }
    files(request, response, () => {
      response.writeHead(404).end("Not found");
    });
  });
  const taken = await listen(server, port);
  return {
    port: taken,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/**
 * @param {import("node:http").Server} server
 * @param {number} port
 * @returns {Promise<number>} the port it got
 */
function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", (/** @type {NodeJS.ErrnoException} */ error) => {
      const isTaken = error.code === "EADDRINUSE" || error.code === "EACCES";
      if (isTaken && port !== 0) listen(server, 0).then(resolve, reject);
      else reject(error);
    });
    server.listen(port, "127.0.0.1", () => {
      const address = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}
