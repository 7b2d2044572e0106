/** By which type a file is handed out, and for how long it may be kept, where the place asks us to say so. */
const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  xml: "application/xml",
  txt: "text/plain; charset=utf-8",
  png: "image/png",
  atom: "application/atom+xml; charset=utf-8",
  placard: "application/zip",
};

export function mediaTypeOf(path: string): string {
  if (path.endsWith("feed.json")) return "application/feed+json";
  if (path === "ledger/checkpoint") return "text/plain; charset=utf-8";
  return TYPES[/\.([a-z]+)$/.exec(path)?.[1] ?? ""] ?? "application/octet-stream";
}

/** Named by its content, or a full tile: it never changes. */
export function isForGood(path: string): boolean {
  return path.startsWith("assets/") || (path.startsWith("ledger/tile/") && !path.includes(".p/"));
}
