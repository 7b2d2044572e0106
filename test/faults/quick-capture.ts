/** A batch whose links are fetched and sealed without a browser: everything else is as in a capture. */
import { join } from "node:path";
import { type CaptureLink, runBatch } from "../../src/app/capture-batch.ts";
import { sealCapture } from "../../src/app/capture-exhibit.ts";
import type { BatchListener, CaptureOutcome } from "../../src/app/capture-outcome.ts";
import type { RecordContext } from "../../src/app/context.ts";
import { openScratch, removeScratch, writeScratch } from "../../src/capture/scratch.ts";
import { utf8 } from "../../src/lib/bytes.ts";

export async function captureQuickly(
  context: RecordContext,
  links: readonly string[],
  listener: BatchListener,
): Promise<readonly CaptureOutcome[]> {
  using batch = await context.agenda.openBatch(links, "{}");
  return await runBatch(context, batch, {
    terms: {},
    signal: listener.signal,
    onProgress: undefined,
    onOutcome: listener.onOutcome,
    capture: quickly(context),
  });
}

/** Fetches a link and seals what came. */
export function quickly(context: RecordContext): CaptureLink {
  return async ({ url, item }, { beforeSealing }) => {
    const response = await fetch(url);
    const text = await response.text();
    const retryAfter = response.headers.get("retry-after");
    if (!response.ok) {
      return {
        url,
        outcome: "not-captured",
        cause: "http_error",
        reason: `The server answered ${response.status}.`,
        status: response.status,
        ...(retryAfter === null ? {} : { retryAfter }),
      };
    }
    const folder = await openScratch(context.folder.scratch);
    try {
      const files = {
        archive: join(folder, "archive"),
        screenshot: join(folder, "picture"),
        text: join(folder, "text"),
      };
      for (const path of Object.values(files)) await writeScratch(path, utf8(text));
      beforeSealing();
      const page = { facts: { url }, files, tiles: { seed: utf8("seed"), screenshotTiles: {} } };
      return { url, outcome: "sealed", ...(await sealCapture(context, page, { agendaItem: item })) };
    } finally {
      await removeScratch(folder);
    }
  };
}
