import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { openPending, type PendingFile } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import type { SpooledBytes } from "./exchange.ts";

const WRITE_BYTES = 1 << 20;
const READ_BYTES = 1 << 16;
/** Of most pages all bodies fit. */
const ROOM_AT_FIRST = 1 << 17;

/** Bytes of one body as pieces of the spool file: start and length, alternating. */
interface Pieces {
  readonly at: number[];
  length: number;
}

/** Bytes being gathered. */
export interface SpoolTarget extends SpooledBytes {
  append(bytes: Uint8Array): void;
}

/**
 * One scratch file for all bodies of a log, each appended to as it comes, however they interleave. What is appended is
 * held in memory until `drain`.
 */
export class Spool implements AsyncDisposable {
  readonly #file: PendingFile;
  /** One buffer for what waits, however often it is emptied: see lines.ts. */
  #waiting = Buffer.allocUnsafeSlow(ROOM_AT_FIRST);
  #waitingBytes = 0;
  #writing: Promise<void> = Promise.resolve();
  #written = 0;
  #reader: Promise<FileHandle> | undefined;

  private constructor(file: PendingFile) {
    this.#file = file;
  }

  static async open(folder: string): Promise<Spool> {
    return new Spool(await openPending(folder, { mode: 0o600 }));
  }

  target(): SpoolTarget {
    const pieces: Pieces = { at: [], length: 0 };
    return {
      get length() {
        return pieces.length;
      },
      append: (bytes) => this.#append(pieces, bytes),
      chunks: () => this.#chunks(pieces),
    };
  }

  /** Writes what waits, once it is worth it (or `all` of it); one write at a time, whoever asks. */
  async drain(all = false): Promise<void> {
    if (this.#waitingBytes === 0 || (!all && this.#waitingBytes < WRITE_BYTES)) return;
    this.#writing = this.#writing.then(() => this.#write());
    await this.#writing;
  }

  async #write(): Promise<void> {
    const bytes = this.#waitingBytes;
    if (bytes === 0) return;
    await this.#file.write(this.#waiting.subarray(0, bytes));
    this.#written += bytes;
    // What came meanwhile waits on.
    this.#waiting.copyWithin(0, bytes, this.#waitingBytes);
    this.#waitingBytes -= bytes;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#waitingBytes = 0;
    const reader = this.#reader;
    this.#reader = undefined;
    await (await reader)?.close();
    await this.#file.discard();
  }

  #append(pieces: Pieces, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const start = this.#written + this.#waitingBytes;
    const last = pieces.at.length - 2;
    if (last >= 0 && (pieces.at[last] as number) + (pieces.at[last + 1] as number) === start) {
      (pieces.at[last + 1] as number) += bytes.length;
    } else {
      pieces.at.push(start, bytes.length);
    }
    pieces.length += bytes.length;
    this.#hold(bytes);
  }

  #hold(bytes: Uint8Array): void {
    const needed = this.#waitingBytes + bytes.length;
    if (needed > this.#waiting.length) {
      const larger = Buffer.allocUnsafeSlow(2 * needed);
      larger.set(this.#waiting.subarray(0, this.#waitingBytes));
      this.#waiting = larger;
    }
    this.#waiting.set(bytes, this.#waitingBytes);
    this.#waitingBytes = needed;
  }

  async *#chunks(pieces: Pieces): AsyncGenerator<Uint8Array> {
    if (pieces.length === 0) return;
    await this.drain(true);
    this.#reader ??= open(this.#file.path, "r");
    const buffer = new Uint8Array(Math.min(READ_BYTES, pieces.length));
    for (let i = 0; i < pieces.at.length; i += 2) {
      const start = pieces.at[i] as number;
      const end = start + (pieces.at[i + 1] as number);
      for (let from = start; from < end; from += READ_BYTES) {
        const bytes = buffer.subarray(0, end - from);
        await readExactly(this.#reader, from, bytes);
        yield bytes;
      }
    }
  }
}

async function readExactly(reader: Promise<FileHandle>, position: number, bytes: Uint8Array): Promise<void> {
  try {
    const file = await reader;
    for (let got = 0; got < bytes.length; ) {
      const { bytesRead } = await file.read(bytes, got, bytes.length - got, position + got);
      if (bytesRead === 0) throw new Error("it was cut short");
      got += bytesRead;
    }
  } catch (cause) {
    throw new PlacardError("storage", "The scratch file of this capture could not be read.", { cause });
  }
}
