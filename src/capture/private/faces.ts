/** Where in a picture there are faces, as a small network takes them; it errs both ways, and a person decides. */
import { type Picture, type PictureSize } from "../../verify/picture.ts";
import type { PlaceBox } from "../page/private-places.ts";
import { CELLS, INPUT, lookForFaces, SAYS, type Weights } from "./face-network.ts";

/** Of each cell: how wide and high a face is taken to be, in cells. */
const ANCHORS = [
  [1.603231, 2.094468],
  [6.041143, 7.080126],
  [2.882459, 3.518061],
  [4.266906, 5.178857],
  [9.041765, 10.66308],
] as const;
/** Above it face-api.js takes something for a face; below it we would rather propose one too many. */
const SUREST = 0.4;
/** How much of two boxes may be the same before they are one face. */
const SAME = 0.4;
/** What is looked at once: a picture, or a piece of one. Smaller faces than an eighth of it are seldom found. */
const LARGEST_PIECE = 800;
/** Pieces lie over each other by this part, so that a face is whole in one. */
const OVERLAP = 0.25;

interface Face {
  readonly box: PlaceBox;
  readonly sureness: number;
}

/** Looks into each of `places`, until `until` (of `performance.now`). */
export function facesIn(picture: Picture, places: readonly PlaceBox[], weights: Weights, until: number) {
  const found: Face[] = [];
  let isCut = false;
  for (const piece of places.flatMap((place) => piecesOf(place, picture))) {
    if (performance.now() > until) {
      isCut = true;
      break;
    }
    found.push(...facesOf(picture, piece, weights));
  }
  return { faces: withoutRepeats(found).map(({ box }) => box), isCut };
}

/** What of a place lies in the picture, in pieces that are looked at one by one. */
function piecesOf([left, top, wide, high]: PlaceBox, size: PictureSize): readonly PlaceBox[] {
  const [width, height] = [Math.min(wide, size.width - left), Math.min(high, size.height - top)];
  if (width < 1 || height < 1) return [];
  const across = cuts(width);
  return cuts(height).flatMap(([y, rows]) =>
    across.map(([x, columns]): PlaceBox => [left + x, top + y, columns, rows]),
  );
}

function cuts(length: number): readonly (readonly [number, number])[] {
  if (length <= LARGEST_PIECE) return [[0, length]];
  const count = Math.ceil((length - OVERLAP * LARGEST_PIECE) / ((1 - OVERLAP) * LARGEST_PIECE));
  const step = (length - LARGEST_PIECE) / (count - 1);
  return Array.from({ length: count }, (_, i) => [Math.round(i * step), LARGEST_PIECE] as const);
}

function facesOf(picture: Picture, piece: PlaceBox, weights: Weights): readonly Face[] {
  const [left, top, width, height] = piece;
  const scale = Math.max(width, height) / INPUT;
  const said = lookForFaces(weights, scaled(picture, piece, scale));
  const faces: Face[] = [];
  for (let cell = 0; cell < CELLS * CELLS; cell++)
    for (const [anchor, [wide, high]] of ANCHORS.entries()) {
      const [x = 0, y = 0, w = 0, h = 0, score = 0] = said.subarray((cell * ANCHORS.length + anchor) * SAYS);
      const sureness = sigmoid(score);
      if (sureness < SUREST) continue;
      const pixels = (INPUT / CELLS) * scale;
      const [faceWidth, faceHeight] = [Math.exp(w) * wide * pixels, Math.exp(h) * high * pixels];
      const middle = [
        ((cell % CELLS) + sigmoid(x)) * pixels,
        (Math.floor(cell / CELLS) + sigmoid(y)) * pixels,
      ] as const;
      const from = [Math.max(0, middle[0] - faceWidth / 2), Math.max(0, middle[1] - faceHeight / 2)] as const;
      const to = [Math.min(width, middle[0] + faceWidth / 2), Math.min(height, middle[1] + faceHeight / 2)] as const;
      if (!(to[0] - from[0] >= 1 && to[1] - from[1] >= 1)) continue;
      const [x0, y0] = [Math.floor(left + from[0]), Math.floor(top + from[1])];
      faces.push({ sureness, box: [x0, y0, Math.ceil(left + to[0]) - x0, Math.ceil(top + to[1]) - y0] });
    }
  return faces;
}

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/** The piece, as large as the network takes it, from the upper left; each pixel is the mean of what lies under it. */
function scaled({ width, rgb }: Picture, [left, top, wide, high]: PlaceBox, scale: number): Float32Array {
  const into = new Float32Array(3 * INPUT * INPUT);
  for (let y = 0; y < Math.min(INPUT, Math.round(high / scale)); y++)
    for (let x = 0; x < Math.min(INPUT, Math.round(wide / scale)); x++) {
      const [x0, y0] = [Math.min(wide - 1, Math.floor(x * scale)), Math.min(high - 1, Math.floor(y * scale))];
      const [x1, y1] = [
        Math.min(wide, Math.max(x0 + 1, Math.floor((x + 1) * scale))),
        Math.min(high, Math.max(y0 + 1, Math.floor((y + 1) * scale))),
      ];
      const to = 3 * (y * INPUT + x);
      for (let row = y0; row < y1; row++)
        for (let column = x0; column < x1; column++) {
          const from = 3 * ((top + row) * width + left + column);
          for (let i = 0; i < 3; i++) into[to + i] = (into[to + i] as number) + (rgb[from + i] as number);
        }
      for (let i = 0; i < 3; i++) into[to + i] = (into[to + i] as number) / ((x1 - x0) * (y1 - y0));
    }
  return into;
}

/** The surest of each that lie over one another. */
function withoutRepeats(faces: readonly Face[]): readonly Face[] {
  const kept: Face[] = [];
  for (const face of faces.toSorted((a, b) => b.sureness - a.sureness))
    if (!kept.some(({ box }) => sameness(box, face.box) > SAME)) kept.push(face);
  return kept;
}

/** The shared part of both over all of both. */
function sameness([x, y, width, height]: PlaceBox, [left, top, wide, high]: PlaceBox): number {
  const across = Math.min(x + width, left + wide) - Math.max(x, left);
  const down = Math.min(y + height, top + high) - Math.max(y, top);
  if (across <= 0 || down <= 0) return 0;
  const shared = across * down;
  return shared / (width * height + wide * high - shared);
}
