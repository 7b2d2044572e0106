/**
 * A file as a Blob, read by position through one open descriptor. `fs.openAsBlob` reads 64 KiB at a time and cannot be
 * read in a worker thread; this one is read in pieces as large as asked for, and a worker can take over a slice by its
 * numbers. Whatever is put in the file's place meanwhile, all slices are of the file that was opened.
 */
import { close, constants, fstat, open, read } from "node:fs";
import { promisify } from "node:util";
import { PlacardError } from "../lib/error.ts";

const readAt = promisify(read);
const STREAM_CHUNK = 1 << 18;

/** Where a slice lies: readable in any thread of this process while the file is open. */
export interface Extent {
  readonly fd: number;
  readonly start: number;
  readonly end: number;
}

export class FileBlob extends Blob {
  readonly extent: Extent;
  declare readonly size: number;

  constructor(extent: Extent) {
    super();
    this.extent = extent;
    // Blob's own `size` is a getter that knows of no file.
    Object.defineProperty(this, "size", { value: extent.end - extent.start });
  }

  override slice(start = 0, end: number = this.size): FileBlob {
    const clamp = (at: number): number => Math.max(0, Math.min(at < 0 ? this.size + at : at, this.size));
    const from = clamp(start);
    const { fd, start: base } = this.extent;
    return new FileBlob({ fd, start: base + from, end: base + Math.max(from, clamp(end)) });
  }

  override async bytes(): Promise<Uint8Array<ArrayBuffer>> {
    const { fd, start, end } = this.extent;
    const whole = new Uint8Array(end - start);
    for (let at = 0; at < whole.length; ) {
      const { bytesRead } = await readAt(fd, whole, at, whole.length - at, start + at);
      if (bytesRead === 0) throw new PlacardError("storage", "The file became shorter while it was read.");
      at += bytesRead;
    }
    return whole;
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  override async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    let at = 0;
    return new ReadableStream({
      pull: async (controller) => {
        const chunk = await this.slice(at, at + STREAM_CHUNK).bytes();
        at += chunk.length;
        if (chunk.length > 0) controller.enqueue(chunk);
        if (at >= this.size) controller.close();
      },
    });
  }
}

/** Opens a file to be read only; dispose of it when done. Throws `storage` where it cannot be opened or is no file. */
export async function openFileBlob(path: string): Promise<{ readonly blob: FileBlob } & AsyncDisposable> {
  let fd: number | undefined;
  try {
    // Without blocking: to open a pipe would wait for somebody to write into it.
    fd = await promisify(open)(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await promisify(fstat)(fd);
    if (!stats.isFile()) throw new Error("it is not a file");
    const opened = fd;
    return {
      blob: new FileBlob({ fd: opened, start: 0, end: stats.size }),
      [Symbol.asyncDispose]: () => promisify(close)(opened),
    };
  } catch (cause) {
    if (fd !== undefined) await promisify(close)(fd);
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is none of this name" : code === "EACCES" ? "you may not read it" : message;
    throw new PlacardError("storage", `The file cannot be opened: ${why}.`, { cause });
  }
}
