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
 * too. All are read into one buffer, which grows to the longest line: a batch is good until the next is asked for. (A log is
 * several times as long as what it tells of, and would else be memory that waits to be freed.) Until `written` settles, the
 * file's end is waited at for more. Throws `not_found`, `storage`, `too_large`.
 */
export async function* readLines(
  path: string,
  limits: NetLogLimits,
  written: Promise<unknown> = Promise.resolve(),
): AsyncGenerator<readonly Buffer[]> {
  let buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  /** Bytes at the buffer's start that belong to a line whose end has not come. */
  let rest = 0;
  let total = 0;
  await using file = await openGrowing(path, written);
  for (let got = await file.read(buffer); got > 0; got = await file.read(buffer.subarray(rest))) {
    total += got;
    if (total > limits.logBytes) throw tooLarge(`is longer than ${limits.logBytes} bytes`);
    const lines: Buffer[] = [];
    let from = 0;
    const filled = buffer.subarray(0, rest + got);
    for (let end = filled.indexOf(LINE_FEED, rest); end >= 0; end = filled.indexOf(LINE_FEED, from)) {
      lines.push(bounded(filled.subarray(from, end), limits));
      from = end + 1;
    }
    yield lines;
    rest = bounded(filled.subarray(from), limits).length;
    buffer.copyWithin(0, from, filled.length);
    if (rest > buffer.length / 2) buffer = Buffer.concat([buffer.subarray(0, rest)], 2 * buffer.length);
  }
  if (rest > 0) yield [buffer.subarray(0, rest)];
}

interface GrowingFile extends AsyncDisposable {
  /** Reads on into `target`; resolves to how many bytes came, 0 at the end. */
  read(target: Buffer): Promise<number>;
}

async function openGrowing(path: string, written: Promise<unknown>): Promise<GrowingFile> {
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
  let at = 0;
  return {
    read: async (target) => {
      for (;;) {
        const wasWhole = whole;
        const { bytesRead } = await file.read(target, 0, target.length, at).catch((cause: unknown) => {
          throw cannot(cause);
        });
        // Of a full read too: the file may end just there.
        const length = wasWhole ? bytesRead : bytesRead - WRITTEN_OVER;
        if (length > 0) {
          at += length;
          return length;
        }
        if (wasWhole) return 0;
        await sleep(STEP);
      }
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

function bounded(line: Buffer, limits: NetLogLimits): Buffer {
  if (line.length > limits.lineBytes) throw tooLarge(`has a line of more than ${limits.lineBytes} bytes`);
  return line;
}

function tooLarge(what: string): PlacardError {
  return new PlacardError("too_large", `The network log ${what}.`);
}
