import { open } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { PlacardError } from "../../lib/error.ts";
import type { NetLogLimits } from "./limits.ts";

const LINE_FEED = 10;
const READ_BYTES = 1 << 18;
/** Milliseconds between two looks at a file that grows. */
const STEP = 2;
/** Chromium closes its list of events over the comma and the line feed that came after the last one. */
const WRITTEN_OVER = 2;

/**
 * The lines of a file in batches (one per read), without their line feeds; what follows the last line feed is a line
 * too. Holds one read and one unfinished line: a batch is good until the next is asked for. Until `written` settles, the
 * file's end is waited at for more. Throws `not_found`, `storage`, `too_large`.
 */
export async function* readLines(
  path: string,
  limits: NetLogLimits,
  written: Promise<unknown> = Promise.resolve(),
): AsyncGenerator<readonly Buffer[]> {
  let rest: Buffer[] = [];
  let restBytes = 0;
  let total = 0;
  for await (const chunk of readChunks(path, written)) {
    total += chunk.length;
    if (total > limits.logBytes) throw tooLarge(`is longer than ${limits.logBytes} bytes`);
    const lines: Buffer[] = [];
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      const piece = chunk.subarray(from, end);
      lines.push(bounded(rest.length === 0 ? piece : Buffer.concat([...rest, piece]), limits));
      rest = [];
      restBytes = 0;
      from = end + 1;
    }
    if (from < chunk.length) rest.push(Buffer.from(chunk.subarray(from)));
    restBytes += chunk.length - from;
    if (restBytes > limits.lineBytes) throw tooLarge(`has a line of more than ${limits.lineBytes} bytes`);
    yield lines;
  }
  if (restBytes > 0) yield [Buffer.concat(rest)];
}

/** All in one buffer: a log is several times as long as what it tells of, and would else be memory that waits to be freed. */
async function* readChunks(path: string, written: Promise<unknown>): AsyncGenerator<Buffer> {
  const cannot = (cause: unknown): PlacardError => {
    const missing = (cause as NodeJS.ErrnoException).code === "ENOENT";
    return new PlacardError(missing ? "not_found" : "storage", `Could not read the network log ${path}.`, { cause });
  };
  let whole = false;
  const ended = (): void => void (whole = true);
  written.then(ended, ended);
  const file = await open(path).catch((cause: unknown) => {
    throw cannot(cause);
  });
  try {
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
    for (let at = 0; ; ) {
      const wasWhole = whole;
      const { bytesRead } = await file.read(buffer, 0, buffer.length, at).catch((cause: unknown) => {
        throw cannot(cause);
      });
      // Of a full read too: the file may end just there.
      const length = wasWhole ? bytesRead : bytesRead - WRITTEN_OVER;
      if (length > 0) {
        at += length;
        yield buffer.subarray(0, length);
      } else if (wasWhole) return;
      else await sleep(STEP);
    }
  } finally {
    await file.close();
  }
}

function bounded(line: Buffer, limits: NetLogLimits): Buffer {
  if (line.length > limits.lineBytes) throw tooLarge(`has a line of more than ${limits.lineBytes} bytes`);
  return line;
}

function tooLarge(what: string): PlacardError {
  return new PlacardError("too_large", `The network log ${what}.`);
}
