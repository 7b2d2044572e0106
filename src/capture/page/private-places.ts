/**
 * Where a page shows people: names, handles and small portraits, and pictures in which there may be faces. For whoever later decides what
 * of the picture is withheld (docs/formats/capture.md, "Private places"). Runs as page-data.ts does; its answer is cut to a size, and is
 * places only: no word of the page is in it.
 */
import type { MarkupRule } from "../facts/markup/rule.ts";

export const PLACE_KINDS = ["name", "handle", "avatar", "picture"] as const;
export type PlaceKind = (typeof PLACE_KINDS)[number];

/** Across, down, width and height in whole CSS pixels of the document, which are the picture's. */
export type PlaceBox = readonly [x: number, y: number, width: number, height: number];
export type PrivatePlaces = Readonly<Partial<Record<PlaceKind, readonly PlaceBox[]>>>;

export const MOST_PLACES = 200;
/** No side of a picture is longer (verify/picture.ts). */
const FURTHEST = 131_072;

/** What platforms mark as names and handles, beside what follows a standard. */
export function placeRules(rules: readonly MarkupRule[]) {
  const marked = (fact: "author" | "handle") =>
    rules.flatMap(({ element, facts }) => {
      const { at, attribute, matching } = facts[fact] ?? {};
      return at === undefined ? [] : [{ at: `:is(${element}) :is(${at})`, attribute, matching }];
    });
  return { posts: rules.map(({ element }) => element), name: marked("author"), handle: marked("handle") };
}

/** Source of a function that takes `placeRules` and returns places by kind: the first of each that can be seen. */
export const FIND_PRIVATE_PLACES = `(marked) => {
  const MOST = ${MOST_PLACES}, PATIENCE = 150, ALL = 4000;
  const until = performance.now() + PATIENCE;
  const POSTS = ["article", '[role="article"]', ".h-entry", '[itemscope][itemtype*="schema.org/"]', ...marked.posts].join(", ");
  const NAMES = [".p-author .p-name", ".h-card .p-name", '[itemprop~="author"] [itemprop~="name"]', '[itemprop~="author"]:not([itemscope]):not(meta)', '[rel~="author"]', ".username", '[class*="author-name" i]', '[class*="display-name" i]', '[class*="displayname" i]', '[class*="user-name" i]'].join(", ");
  const HANDLES = [".p-nickname", '[itemprop~="alternateName"]'].join(", ");
  const PORTRAITS = '.h-card, .u-photo, [itemprop~="author"], [rel~="author"], [class*="avatar" i]';
  const PROFILE = /^\\/(?:@[^/]+|(?:u|user|users|profile|people|member|members)\\/[^/]+)\\/?$/;
  const HANDLE = /(?<![\\w@./])@[\\w.-]*\\w(?:@[\\w.-]+\\w)?/g;
  const places = { name: [], handle: [], avatar: [], picture: [] };
  const met = new Set();
  const people = new Set();
  let left = MOST;
  const add = (kind, rect) => {
    const x = Math.max(0, Math.floor(rect.left + scrollX)), y = Math.max(0, Math.floor(rect.top + scrollY));
    const place = [x, y, Math.ceil(rect.right + scrollX) - x, Math.ceil(rect.bottom + scrollY) - y];
    if (left <= 0 || place[2] < 4 || place[3] < 4 || met.has(String(place))) return;
    met.add(String(place));
    places[kind].push(place);
    left--;
  };
  const seen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const each = (selector, take) => {
    for (const element of [...document.querySelectorAll(selector)].slice(0, ALL)) {
      if (left <= 0 || performance.now() > until) return;
      take(element);
    }
  };
  // Of a block it is the words' place that counts, not the line's.
  const wordsOf = (element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect();
  };
  const says = (kind) => (element) => {
    const words = element.textContent.trim();
    if (words === "" || words.length > 100 || !seen(element)) return;
    people.add(words);
    add(words.startsWith("@") ? "handle" : kind, wordsOf(element));
  };
  const isProfile = (link) => link.origin === location.origin && PROFILE.test(link.pathname);
  // A handle is a part of addresses: what a link says is where it leads.
  const isNamed = (link) => link.pathname.replace(/\\/$/, "") === "/" + link.textContent.trim().replace(/^@/, "");
  const picked = (kind) => ({ at, attribute, matching }) => each(at, (element) => {
    const value = attribute === undefined ? element.innerText : element.getAttribute(attribute);
    if (matching === undefined || new RegExp(matching, "u").test(String(value ?? "").slice(0, 2000).trim())) says(kind)(element);
  });
  each(NAMES, says("name"));
  each(HANDLES, says("handle"));
  marked.name.forEach(picked("name"));
  marked.handle.forEach(picked("handle"));
  each("a[href]", (link) => {
    if (isNamed(link)) says("handle")(link);
    else if (isProfile(link) && link.querySelector([NAMES, HANDLES].join(", ")) === null) says("name")(link);
  });
  each("img, video", (one) => {
    const rect = one.getBoundingClientRect();
    if (rect.width < 16 || rect.height < 16 || !seen(one)) return;
    const isSmall = Math.max(rect.width, rect.height) <= 128 && rect.width < 1.3 * rect.height && rect.height < 1.3 * rect.width;
    const link = one.closest("a[href]");
    const isMarked = one.closest(PORTRAITS) !== null || (link !== null && isProfile(link));
    if (isSmall && one.tagName === "IMG" && (isMarked || (rect.width >= 24 && one.closest(POSTS) !== null))) add("avatar", rect);
    else if (rect.width >= 64 && rect.height >= 64) add("picture", rect);
  });
  const walker = document.createTreeWalker(document.body ?? document.documentElement, NodeFilter.SHOW_TEXT);
  for (let i = 0; i < 20000 && left > 0 && performance.now() < until && walker.nextNode(); i++) {
    const { currentNode: node } = walker;
    if (people.has(node.data.trim())) says("name")(node.parentElement);
    if (!node.data.includes("@")) continue;
    for (const found of node.data.slice(0, 20000).matchAll(HANDLE)) {
      const range = document.createRange();
      range.setStart(node, found.index);
      range.setEnd(node, found.index + found[0].length);
      if (!seen(node.parentElement)) continue;
      for (const rect of range.getClientRects()) add("handle", rect);
      // Right before a handle stands whose it is.
      const before = node.data.slice(0, found.index).trim() === "" ? node.previousElementSibling ?? node.parentElement.previousElementSibling : null;
      if (before !== null && before.childElementCount <= 1 && !before.textContent.includes("@")) says("name")(before);
    }
  }
  return places;
}`;

/** What the page answered, as it may be sealed: numbers that can be places, so many of them; undefined where there are none. */
export function soundPlaces(said: unknown): PrivatePlaces | undefined {
  let left = MOST_PLACES;
  const kinds = PLACE_KINDS.flatMap((kind) => {
    const given = (said as Partial<Record<PlaceKind, unknown>> | undefined)?.[kind];
    const sound = (Array.isArray(given) ? given : []).filter(isPlace).slice(0, left);
    left -= sound.length;
    return sound.length === 0 ? [] : [[kind, sound] as const];
  });
  return kinds.length === 0 ? undefined : Object.fromEntries(kinds);
}

function isPlace(value: unknown): value is PlaceBox {
  if (!Array.isArray(value) || value.length !== 4) return false;
  const isWhole = value.every((one) => Number.isSafeInteger(one) && one >= 0 && one <= FURTHEST);
  return isWhole && value[2] > 0 && value[3] > 0;
}
