/**
 * One evening's talk about lanterns, as the common kinds of platform would show it: a post with a reply that is meant, a
 * quotation of another, a repost of it, a reply whose parent was deleted, edits, counts and pictures. Each kind has a file of its
 * own, in the shape of such platforms' markup, and says what a capture of the link must come to.
 */
export interface ThreadPage {
  /** Path, query and fragment of the link. */
  readonly link: string;
  /** The page at that link. */
  readonly html: (origin: string) => string;
  /** How the post's element is found. */
  readonly foundBy: "permalink" | "fragment" | "words" | "nothing";
  /** Facts a capture must state; of the others in `FACTS` it must state none. Addresses of the page's own server begin with "/". */
  readonly facts: Readonly<Record<string, string | number | boolean | readonly string[]>>;
  /** By fact, what the page's sources say differently; nothing unless told. */
  readonly conflicts?: Readonly<Record<string, readonly { readonly source: string; readonly value: string }[]>>;
}

/** What of a capture's facts a page's expectations cover, whole. */
export const FACTS =
  "author handle postText postedAt editedAt edited replyTo likes reposts replies views media activityLink atUri".split(
    " ",
  );

export interface Said {
  readonly author: string;
  readonly handle: string;
  /** RFC 3339. */
  readonly posted: string;
  readonly text: string;
}

/** The post that started it, edited since. */
export const ROOT: Said = {
  author: "Wren Alder",
  handle: "wren",
  posted: "2026-10-02T18:05:00+01:00",
  text: "The lanterns on Hollow Lane go up on Friday. Bring a jar with a lid.",
};
/** The reply that is meant. */
export const MEANT: Said = {
  author: "Tam Ford",
  handle: "tamford",
  posted: "2026-10-02T19:40:00+01:00",
  text: "There are forty jars in the shed. Come before noon, the gate sticks when it rains.",
};
export const MEANT_EDITED = "2026-10-02T19:52:00+01:00";
/** Answers a post that was deleted. */
export const ORPHAN: Said = {
  author: "Old Fence Post",
  handle: "oldfencepost",
  posted: "2026-10-02T20:15:00+01:00",
  text: "Nobody asked for lanterns, and nobody will hold the ladder for them either.",
};
/** Quoted by the one that is meant. */
export const QUOTED: Said = {
  author: "Marrow & Sons",
  handle: "marrowandsons",
  posted: "2026-10-01T08:30:00+01:00",
  text: "We have jars to give away, washed and with their lids.",
};

/** The colour behind the post that is meant, and behind nothing else. */
export const MEANT_COLOUR = [255, 236, 179] as const;

export const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

export const json = (type: string, value: unknown, more = ""): string =>
  `<script type="${type}"${more}>${JSON.stringify(value).replaceAll("<", "\\u003c")}</script>`;

export const meta = (name: string, content: string): string =>
  `<meta property="${name}" content="${escaped(content)}">`;

/** `head` and `body` as the platform has them; `.meant` is the post's own box. */
export function threadHtml(title: string, head: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title>
<link rel="icon" href="data:,">${head}<style>body { margin: 0; font: 16px/1.5 sans-serif } main { width: 640px; margin: 0 auto; padding: 16px }
.box { padding: 12px; margin: 0 0 12px; border: 1px solid #ccd } .meant { background: rgb(${MEANT_COLOUR.join(",")}) } .quote { border: 1px solid #99a; padding: 8px; background: #fff }</style></head>
<body><header><a href="/">Home</a></header>${body}</body></html>`;
}

/** A picture of the lane, large enough to count as the post's own. */
export const PICTURE = `<img src="/avatar/lane.svg" width="200" height="120" alt="Jars on a shelf">`;
