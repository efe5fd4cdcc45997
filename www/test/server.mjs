// Serves a folder on loopback under a strict policy, and counts what the policy had to report.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8",
  ".json": "application/json", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".png": "image/png",
  ".map": "application/json",
};

/** The policy that the element must run under; the last two directives forbid every Trusted Type. */
export const STRICT = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src https: 'self'; "
  + "img-src 'self' data: blob:; require-trusted-types-for 'script'; trusted-types 'none'";
/** The same without Trusted Types, so that a worker may be started. */
export const WITH_WORKER = STRICT.replace(/; require-trusted.*/, "");

/**
 * `pages` are extra documents by path, or promises of them, `missing` those that are not there, while they are in the set; `delay` makes
 * every answer wait, `headers` go with every answer. Gives the origin, what was asked for, and the reports of the policy.
 */
export async function serve(root, { csp = STRICT, pages = {}, missing = new Set(), delay = 0, headers: further = {} } = {}) {
  const requests = [];
  const reports = [];
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    if (request.method === "POST" && path === "/report") {
      let body = "";
      for await (const chunk of request) body += chunk;
      reports.push(body);
      return response.writeHead(204).end();
    }
    requests.push(request.url);
    if (delay) await new Promise((resolve) => setTimeout(resolve, delay));
    const headers = { "Content-Security-Policy": `${csp}; report-uri /report`, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache", ...further };
    const name = path.endsWith("/") ? `${path}index.html` : path;
    try {
      if (missing.has(name)) throw new Error("missing");
      const body = Object.hasOwn(pages, name) ? await pages[name] : await readFile(join(root, normalize(name)));
      response.writeHead(200, { ...headers, "Content-Type": TYPES[extname(name)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404, { ...headers, "Content-Type": "text/plain" }).end("not found");
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://localhost:${server.address().port}`,
    requests,
    reports,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(resolve);
    }),
  };
}
