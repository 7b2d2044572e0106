/** Reads bytes that come in pieces (src/lib/pieces.ts) from front to back, so many at a time, and never more than it is asked for. */
import { PlacardError } from "./error.ts";
import { say } from "./said.ts";

export class PieceReader implements AsyncDisposable {
  readonly #pieces: AsyncIterator<Uint8Array>;
  #left: Uint8Array = new Uint8Array();
  #at = 0;

  constructor(pieces: AsyncIterable<Uint8Array>) {
    this.#pieces = pieces[Symbol.asyncIterator]();
  }

  /** How many bytes were read. */
  get at(): number {
    return this.#at;
  }

  /** Exactly `length` bytes, the caller's own. Throws `malformed` where it ends before. */
  async take(length: number): Promise<Uint8Array<ArrayBuffer>> {
    const taken = new Uint8Array(length);
    let used = 0;
    for await (const piece of this.pass(length)) {
      taken.set(piece, used);
      used += piece.length;
    }
    return taken;
  }

  /** The next `length` bytes in pieces, each good until the next is asked for. Throws `malformed` where it ends before. */
  async *pass(length: number): AsyncGenerator<Uint8Array> {
    for (let wanted = length; wanted > 0; ) {
      if (!(await this.#more())) throw new PlacardError("malformed", say("cut_short"));
      const piece = this.#advance(Math.min(wanted, this.#left.length));
      wanted -= piece.length;
      yield piece;
    }
  }

  /** Up to and with the first `end`, the caller's own. Throws `malformed` where it ends before, `too_large` past `most`. */
  async takeThrough(end: number, most: number): Promise<Uint8Array<ArrayBuffer>> {
    const taken: number[] = [];
    for (;;) {
      if (!(await this.#more())) throw new PlacardError("malformed", say("cut_short"));
      const byte = this.#advance(1)[0] as number;
      taken.push(byte);
      if (byte === end) return Uint8Array.from(taken);
      if (taken.length >= most) throw new PlacardError("too_large", say("line_too_long"));
    }
  }

  /** All that is left, in pieces. */
  async *rest(): AsyncGenerator<Uint8Array> {
    while (await this.#more()) yield this.#advance(this.#left.length);
  }

  async isAtEnd(): Promise<boolean> {
    return !(await this.#more());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pieces.return?.();
  }

  #advance(length: number): Uint8Array {
    const piece = this.#left.subarray(0, length);
    this.#left = this.#left.subarray(length);
    this.#at += length;
    return piece;
  }

  async #more(): Promise<boolean> {
    while (this.#left.length === 0) {
      const next = await this.#pieces.next();
      if (next.done) return false;
      this.#left = next.value;
    }
    return true;
  }
}
