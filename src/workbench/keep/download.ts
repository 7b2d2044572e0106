/** Fetches a file and hands it to the browser's downloads, only where it came whole. */
import { ask, Problem, problemOf } from "../api.ts";

export interface Downloaded {
  readonly name: string;
  readonly bytes: number;
}

/** Code of a download that ended before its end. */
export const BROKEN = "broken";
/** Until then a browser that asks where to put it may be waiting for its answer. */
const KEPT_MS = 120_000;

/** The browser holds it meanwhile, on its disk where it is large. Throws `Problem`. */
export async function download(path: string, init: RequestInit, onBytes: (bytes: number) => void): Promise<Downloaded> {
  const response = await ask(path, init);
  if (!response.ok) throw problemOf(response.status, await response.json().catch(() => undefined));
  const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? "placard";
  const blob = await new Response(response.body?.pipeThrough(counting(onBytes))).blob().catch(() => {
    throw new Problem(BROKEN, "");
  });
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
  return { name, bytes: blob.size };
}

function counting(onBytes: (bytes: number) => void): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(piece, controller) {
      bytes += piece.length;
      onBytes(bytes);
      controller.enqueue(piece);
    },
  });
}
