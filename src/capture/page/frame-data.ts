/** What is read out of a frame that lies over a page, as plain data, and how such frames are found. Evaluated in the page. */
import { NEAR_TRACKING, type NearTracking } from "./near-tracking.ts";
import { FIND_BUTTONS } from "./page-buttons.ts";

/** A frame that lies over the page, or is all there is of it. */
export interface FrameOver {
  /** The browser's ids of the frames that lead to it, itself last. */
  readonly path: readonly string[];
  /** When its document began, which tells it from the one after it. */
  readonly began: number;
  /** The beginning of what a reader sees in it. */
  readonly text: string;
  readonly isTimed: boolean;
  /** Whether it asks for an address, a name, a number or a password. */
  readonly asksForWords: boolean;
  readonly buttons: readonly FrameButton[];
}

export interface FrameButton extends NearTracking {
  /** Which of `FIND_BUTTONS` it is, in the frame. */
  readonly at: number;
  readonly label: string;
}

/** Of 81 points across the window: as many make a frame one that lies there; and most of them one that is all there is. */
export const LIES_THERE = 4;
const ALL_THERE_IS = 41;
/** A page that says more than this besides a frame has something of its own to show, in code units. */
const NEXT_TO_NOTHING = 200;
const MOST_FRAMES = 3;
/** What is more transparent than this is not what a reader sees. */
const FAINTEST = 0.5;

/**
 * Source of a function that takes a number of points and returns the frames that a reader would touch at that many of 81
 * across the window, the largest first: what is covered, too faint, or elsewhere is not among them.
 */
export const FIND_FRAMES = `(least) => {
  const deepest = (root, x, y) => {
    const found = root.elementFromPoint(x, y);
    const inner = found?.shadowRoot ? deepest(found.shadowRoot, x, y) : null;
    return inner && inner !== found ? inner : found;
  };
  const opacity = (element) => element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement ?? element.getRootNode().host) : 1;
  const hits = new Map();
  for (let x = 1; x <= 9; x++) for (let y = 1; y <= 9; y++) {
    const found = deepest(document, (innerWidth * x) / 10, (innerHeight * y) / 10);
    if (found?.matches("iframe, frame")) hits.set(found, (hits.get(found) ?? 0) + 1);
  }
  return [...hits].filter(([frame, count]) => count >= least && opacity(frame) >= ${FAINTEST}).sort((a, b) => b[1] - a[1]).slice(0, ${MOST_FRAMES}).map(([frame]) => frame);
}`;

/** Source of a function that takes the page's trees, whether an element is in what covers it, and what it says, and returns whether frames are to be read. */
export const HAS_FRAMES_OVER = `(trees, inCover, said) =>
  trees.some((tree) => tree.querySelector("iframe, frame")) &&
  ((${FIND_FRAMES})(${LIES_THERE}).some(inCover) || (said < ${NEXT_TO_NOTHING} && (${FIND_FRAMES})(${ALL_THERE_IS}).length > 0))`;

/** Source of a function that takes the longest text and a regular expression for words about tracking, and returns what a `FrameOver` has of a document. */
export const READ_FRAME = `(longest, tracking) => {
  const text = document.body ? document.body.innerText : "";
  const asks = "input[type=email], input[type=password], input[type=tel], input[type=number], input[type=date], textarea";
  const found = (${FIND_BUTTONS})();
  const near = (${NEAR_TRACKING})(found, tracking, () => true);
  return {
    began: performance.timeOrigin,
    text: text.slice(0, longest),
    isTimed: document.querySelector("time, [datetime]") !== null,
    asksForWords: [...document.querySelectorAll(asks)].some((field) => field.checkVisibility()),
    buttons: found.map((element, at) => {
      const label = element.value && element.matches("input") ? element.value : element.innerText || element.ariaLabel;
      const { piece, apart, from } = near[at];
      return { at, label: String(label ?? "").slice(0, 200).trim(), besides: piece ? text.length - piece.innerText.length : -1, apart, from };
    }).filter(({ label }) => label !== ""),
  };
}`;

/** Source of a function of a frame's element that takes a point in it and returns it as one of the document around, or null where that is not to be touched there. */
export const POINT_OUTWARD = `function (x, y) {
  if (x < 0 || y < 0 || x >= this.clientWidth || y >= this.clientHeight) return null;
  const box = this.getBoundingClientRect();
  const { paddingLeft, paddingTop } = getComputedStyle(this);
  const at = [box.x + this.clientLeft + parseFloat(paddingLeft) + x, box.y + this.clientTop + parseFloat(paddingTop) + y];
  return this.getRootNode().elementFromPoint(...at) === this ? at : null;
}`;
