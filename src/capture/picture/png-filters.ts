/** Undoes the filters of a PNG's rows (W3C PNG, third edition, §9): integer arithmetic, one result whoever does it. */

export interface Rows {
  /** Each row has a byte for its filter, then a byte a channel. The pixels take their place. */
  readonly filtered: Uint8Array;
  /** The pixels of the row above these; none above the first. */
  readonly before: Uint8Array;
  readonly channels: number;
}

/** The pixels row by row, where `filtered` was; undefined where a row has a filter that there is none of. */
export function unfiltered({ filtered, before, channels }: Rows): Uint8Array | undefined {
  const length = before.length;
  const height = filtered.length / (1 + length);
  let above = before;
  for (let y = 0; y < height; y++) {
    const from = y * (1 + length);
    const undo = FILTERS[filtered[from] as number];
    if (undo === undefined) return undefined;
    filtered.copyWithin(y * length, from + 1, from + 1 + length);
    const row = filtered.subarray(y * length, (y + 1) * length);
    undo(row, above, channels);
    above = row;
  }
  return filtered.subarray(0, height * length);
}

/** Changes a row in place, by the row above it and the pixel `step` bytes to the left; both are zero beyond the edge. */
type Filter = (row: Uint8Array, above: Uint8Array, step: number) => void;

const none: Filter = () => undefined;

const sub: Filter = (row, _, step) => {
  for (let i = step; i < row.length; i++) row[i] = (row[i] as number) + (row[i - step] as number);
};

const up: Filter = (row, above) => {
  const words = wordsOf(row);
  const others = wordsOf(above);
  if (words === undefined || others === undefined) {
    for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) + (above[i] as number);
    return;
  }
  // Four bytes at once, none of which carries into the next.
  for (let i = 0; i < words.length; i++) {
    const mine = words[i] as number;
    const other = others[i] as number;
    words[i] = ((mine & 0x7f7f7f7f) + (other & 0x7f7f7f7f)) ^ ((mine ^ other) & 0x80808080);
  }
};

function wordsOf({ buffer, byteOffset, length }: Uint8Array): Uint32Array | undefined {
  return byteOffset % 4 === 0 && length % 4 === 0 ? new Uint32Array(buffer, byteOffset, length / 4) : undefined;
}

const average: Filter = (row, above, step) => {
  for (let i = 0; i < row.length; i++) {
    const left = i < step ? 0 : (row[i - step] as number);
    row[i] = (row[i] as number) + ((left + (above[i] as number)) >> 1);
  }
};

/** Adds of left, above and corner the one nearest to left + above − corner; of several, the first. A channel at a time. */
const paeth: Filter = (row, above, step) => {
  for (let channel = 0; channel < step; channel++) {
    let left = 0;
    let corner = 0;
    for (let i = channel; i < row.length; i += step) {
      const over = above[i] as number;
      const toLeft = Math.abs(over - corner);
      const toAbove = Math.abs(left - corner);
      const toCorner = Math.abs(left + over - 2 * corner);
      const nearest = toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? over : corner;
      left = ((row[i] as number) + nearest) & 255;
      row[i] = left;
      corner = over;
    }
  }
};

const FILTERS: readonly Filter[] = [none, sub, up, average, paeth];
