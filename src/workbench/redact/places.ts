/** Places on a picture, and the squares of it that are covered with them: plain data, and what is done to it. */
import type { Picture, Proposal } from "./queries.ts";

export type Box = Proposal["box"];

export interface Place {
  readonly key: number;
  readonly kind: Proposal["kind"] | "own";
  readonly by: Proposal["by"] | "own";
  readonly box: Box;
  readonly isCovered: boolean;
}

type Size = Pick<Picture, "width" | "height" | "tile">;

export type Change =
  | { readonly do: "add"; readonly box: Box }
  | { readonly do: "propose"; readonly proposals: readonly Proposal[]; readonly size: Size }
  | { readonly do: "cover"; readonly key: number; readonly isCovered: boolean }
  | { readonly do: "cover-all"; readonly isCovered: boolean }
  | { readonly do: "move"; readonly key: number; readonly box: Box }
  | { readonly do: "remove"; readonly key: number };

export function changed(places: readonly Place[], change: Change): readonly Place[] {
  const next = 1 + Math.max(0, ...places.map(({ key }) => key));
  switch (change.do) {
    case "add":
      return [...places, { key: next, kind: "own", by: "own", box: change.box, isCovered: true }];
    case "propose": {
      // What was covered before stays so.
      const covered = tilesOf(places, change.size);
      const isCovered = ({ box }: Proposal): boolean => tilesUnder(box, change.size).every((tile) => covered.has(tile));
      const found = newOf(change.proposals, places);
      return [...places, ...found.map((one, i) => ({ ...one, key: next + i, isCovered: isCovered(one) }))];
    }
    case "cover":
      return places.map((one) => (one.key === change.key ? { ...one, isCovered: change.isCovered } : one));
    case "cover-all":
      return places.map((one) => ({ ...one, isCovered: change.isCovered }));
    case "move":
      return places.map((one) => (one.key === change.key ? { ...one, box: change.box } : one));
    case "remove":
      return places.filter(({ key }) => key !== change.key);
  }
}

/** What a second look finds again is told once. */
function newOf(proposals: readonly Proposal[], places: readonly Place[]): readonly Proposal[] {
  const told = new Set(places.map(({ kind, box }) => placeOf(kind, box)));
  return proposals.filter(({ kind, box }) => !told.has(placeOf(kind, box)));
}

const placeOf = (kind: string, { x, y, width, height }: Box): string => [kind, x, y, width, height].join();

/** The squares that a place touches, as one rectangle in squares. */
export function squaresOf({ x, y, width, height }: Box, size: Size): Box {
  const { tile } = size;
  const [columns, rows] = [Math.ceil(size.width / tile), Math.ceil(size.height / tile)];
  const first = (from: number, most: number): number => Math.min(most - 1, Math.max(0, Math.floor(from / tile)));
  const past = (to: number, most: number): number => Math.min(most, Math.max(1, Math.ceil(to / tile)));
  const [left, top] = [first(x, columns), first(y, rows)];
  return {
    x: left,
    y: top,
    width: Math.max(1, past(x + width, columns) - left),
    height: Math.max(1, past(y + height, rows) - top),
  };
}

/** In pixels, within the picture. */
export function pixelsOf({ x, y, width, height }: Box, size: Size): Box {
  const { tile } = size;
  const [left, top] = [x * tile, y * tile];
  return {
    x: left,
    y: top,
    width: Math.min(size.width - left, width * tile),
    height: Math.min(size.height - top, height * tile),
  };
}

function tilesUnder(box: Box, size: Size): readonly number[] {
  const columns = Math.ceil(size.width / size.tile);
  const { x, y, width, height } = squaresOf(box, size);
  return Array.from({ length: width * height }, (_, i) => (y + Math.floor(i / width)) * columns + x + (i % width));
}

function tilesOf(places: readonly Place[], size: Size): ReadonlySet<number> {
  return new Set(places.flatMap(({ box, isCovered }) => (isCovered ? tilesUnder(box, size) : [])));
}

/** Numbers of covered squares, as runs in order: what the server calls them. */
export function runsOf(places: readonly Place[], size: Size): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const tile of [...tilesOf(places, size)].toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last !== undefined && last[1] === tile - 1) last[1] = tile;
    else runs.push([tile, tile]);
  }
  return runs;
}

export interface Part {
  readonly n: number;
  readonly top: number;
  readonly rows: number;
}

export function partsOf({ parts }: Picture): readonly Part[] {
  let top = 0;
  return parts.map((rows, n) => {
    const part = { n, top, rows };
    top += rows;
    return part;
  });
}

/** Of these runs, what lies in one part: the part's address changes only with what is covered in it. */
export function coveredIn(runs: readonly (readonly [number, number])[], { top, rows }: Part, size: Size): string {
  const columns = Math.ceil(size.width / size.tile);
  const [first, past] = [(top / size.tile) * columns, Math.ceil((top + rows) / size.tile) * columns];
  return runs
    .map(([from, to]) => [Math.max(from, first), Math.min(to, past - 1)] as const)
    .filter(([from, to]) => from <= to)
    .map((run) => run.join("-"))
    .join(",");
}
