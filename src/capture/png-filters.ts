/** Undoes the filters of a PNG's rows (W3C PNG, third edition, §9): integer arithmetic, one result whoever does it. */

export interface Rows {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  /** Each row has a byte for its filter, then a byte a channel. */
  readonly filtered: Uint8Array;
}

/** The pixels row by row, or undefined where a row has a filter that there is none of. */
export function unfiltered({ width, height, channels, filtered }: Rows): Uint8Array | undefined {
  const length = width * channels;
  const pixels = new Uint8Array(height * length);
  let above = new Uint8Array(length);
  for (let y = 0; y < height; y++) {
    const from = y * (1 + length);
    const undo = FILTERS[filtered[from] as number];
    if (undo === undefined) return undefined;
    const row = pixels.subarray(y * length, (y + 1) * length);
    row.set(filtered.subarray(from + 1, from + 1 + length));
    undo(row, above, channels);
    above = row;
  }
  return pixels;
}

/** Changes a row in place, by the row above it and the pixel `step` bytes to the left; both are zero beyond the edge. */
type Filter = (row: Uint8Array, above: Uint8Array, step: number) => void;

const none: Filter = () => undefined;

const sub: Filter = (row, _, step) => {
  for (let i = step; i < row.length; i++) row[i] = (row[i] as number) + (row[i - step] as number);
};

const up: Filter = (row, above) => {
  for (let i = 0; i < row.length; i++) row[i] = (row[i] as number) + (above[i] as number);
};

const average: Filter = (row, above, step) => {
  for (let i = 0; i < row.length; i++) {
    const left = i < step ? 0 : (row[i - step] as number);
    row[i] = (row[i] as number) + ((left + (above[i] as number)) >> 1);
  }
};

const paeth: Filter = (row, above, step) => {
  for (let i = 0; i < row.length; i++) {
    const left = i < step ? 0 : (row[i - step] as number);
    const corner = i < step ? 0 : (above[i - step] as number);
    row[i] = (row[i] as number) + nearest(left, above[i] as number, corner);
  }
};

/** Of left, above and corner the one nearest to left + above − corner; of several, the first. */
function nearest(left: number, above: number, corner: number): number {
  const toLeft = Math.abs(above - corner);
  const toAbove = Math.abs(left - corner);
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}

const FILTERS: readonly Filter[] = [none, sub, up, average, paeth];
