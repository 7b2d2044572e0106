/** A small invented site that lets those who come wait until it is told to answer, and mends itself once it is asked to. */
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface HeldSite extends AsyncDisposable {
  readonly origin: string;
  /** The paths of pages asked for, in order. */
  readonly asked: readonly string[];
  /** Answers all below `/held/` that wait, and from now on at once. */
  release(): void;
  /** What is below `/mended/` is there from now on. */
  mend(): void;
}

export async function startHeldSite(): Promise<HeldSite> {
  const asked: string[] = [];
  const waiting = new Set<() => void>();
  let isHeld = true;
  let isMended = false;
  const server = createServer((request, response) => {
    const path = request.url ?? "/";
    asked.push(path);
    const answer = (): void => answerPage(response, path.startsWith("/mended/") && !isMended ? 404 : 200, path);
    if (path.startsWith("/held/") && isHeld) waiting.add(answer);
    else answer();
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    release: () => {
      isHeld = false;
      for (const answer of waiting) answer();
      waiting.clear();
    },
    mend: () => {
      isMended = true;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function answerPage(response: ServerResponse, status: number, path: string): void {
  response.writeHead(status, { "content-type": "text/html; charset=utf-8", "cache-control": "no-store" });
  response.end(
    `<!doctype html><title>Note ${path}</title><link rel="icon" href="data:,"><p>A lantern note of Hollow Lane, at ${path}.</p>`,
  );
}
