/** The first bytes of something whose length nobody knows beforehand, held in memory while it comes. */

/** Bytes that may yet be held, of all that is coming at once. */
export interface HoldBudget {
  holdable: number;
}

export interface KeptBytes {
  /** Of all bytes that came, kept or not. */
  readonly length: number;
  /** Whether some are not kept. */
  readonly cut: boolean;
  append(bytes: Uint8Array): void;
  /** What is kept, given back: nothing is kept from now on. */
  release(): Uint8Array;
}

/** Keeps at most `most` bytes. */
export function keepBytes(most: number, budget: HoldBudget): KeptBytes {
  let room = Buffer.alloc(0);
  let kept = 0;
  let length = 0;

  /** Room for `wanted` bytes in all, as far as the bounds allow. */
  const grow = (wanted: number): void => {
    if (wanted <= room.length) return;
    const better = Math.min(most, Math.max(wanted, 2 * room.length));
    const more = Math.min(better - room.length, budget.holdable);
    if (more <= 0) return;
    budget.holdable -= more;
    room = Buffer.concat([room.subarray(0, kept)], room.length + more);
  };

  return {
    get length() {
      return length;
    },
    get cut() {
      return kept < length;
    },
    append(bytes) {
      const whole = kept === length;
      length += bytes.length;
      if (!whole) return;
      grow(length);
      const piece = bytes.subarray(0, room.length - kept);
      room.set(piece, kept);
      kept += piece.length;
    },
    release() {
      const bytes = room.subarray(0, kept);
      budget.holdable += room.length;
      room = Buffer.alloc(0);
      return bytes;
    },
  };
}
