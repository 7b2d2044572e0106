import type { FileHandle } from "node:fs/promises";
import { open } from "node:fs/promises";
import { openPending, type PendingFile } from "../../lib/durable.ts";
import { PlacardError } from "../../lib/error.ts";
import type { SpooledBytes } from "./exchange.ts";

const WRITE_BYTES = 1 << 20;
const READ_BYTES = 1 << 18;

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
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
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

  /** Writes what waits, once it is worth it (or `all` of it). */
  async drain(all = false): Promise<void> {
    if (this.#waitingBytes === 0 || (!all && this.#waitingBytes < WRITE_BYTES)) return;
    const bytes = Buffer.concat(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    await this.#file.write(bytes);
    this.#written += bytes.length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#waiting = [];
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
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
  }

  async *#chunks(pieces: Pieces): AsyncGenerator<Uint8Array> {
    if (pieces.length === 0) return;
    await this.drain(true);
    this.#reader ??= open(this.#file.path, "r");
    for (let i = 0; i < pieces.at.length; i += 2) {
      const start = pieces.at[i] as number;
      const end = start + (pieces.at[i + 1] as number);
      for (let from = start; from < end; from += READ_BYTES) {
        yield await readExactly(this.#reader, from, Math.min(READ_BYTES, end - from));
      }
    }
  }
}

async function readExactly(reader: Promise<FileHandle>, position: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  try {
    const file = await reader;
    for (let got = 0; got < length; ) {
      const { bytesRead } = await file.read(bytes, got, length - got, position + got);
      if (bytesRead === 0) throw new Error("it was cut short");
      got += bytesRead;
    }
  } catch (cause) {
    throw new PlacardError("storage", "The scratch file of this capture could not be read.", { cause });
  }
  return bytes;
}
