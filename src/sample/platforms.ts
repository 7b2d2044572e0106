/**
 * One invented thread of ten posts that are much alike, on pages shaped as the common kinds of platform shape them. Each
 * kind marks its posts in its own way; what a capture must make of it stands beside it.
 */
import { page } from "./forum-pages.ts";

export interface SamplePost {
  readonly n: number;
  readonly author: string;
  readonly handle: string;
  readonly text: string;
  /** RFC 3339. */
  readonly posted: string;
  readonly edited?: string;
}

interface Kind {
  /** Path and fragment of a post's link. */
  readonly link: (post: SamplePost) => string;
  /** The page at that link. */
  readonly html: (post: SamplePost, origin: string) => string;
  /** How a capture finds the post's element. */
  readonly foundBy: "permalink" | "fragment" | "words" | "nothing";
  /** Who a capture must believe about the words; undefined where nothing gives them. */
  readonly textFrom: string | undefined;
}

/** Number 4 is edited and quotes number 2; number 6 answers number 5, which was deleted. */
export const POSTS: readonly SamplePost[] = Array.from({ length: 10 }, (_, i) => ({
  n: i + 1,
  author: `Neighbour ${i + 1}`,
  handle: `@neighbour${i + 1}`,
  text: `They should leave the lane by day ${i + 1} of May.`,
  posted: `2026-05-01T1${i}:00:00+01:00`,
  ...(i === 3 ? { edited: `2026-05-01T1${i}:30:00+01:00` } : {}),
}));
const DELETED = 5;

const script = (type: string, value: unknown): string =>
  `<script type="${type}">${JSON.stringify(value).replaceAll("<", "\\u003c")}</script>`;
const meta = (name: string, content: string): string => `<meta property="${name}" content="${content}">`;
const time = (post: SamplePost): string => `<time datetime="${post.posted}">${post.posted.slice(11, 16)}</time>`;
const others = POSTS.filter(({ n }) => n !== DELETED);
const picture = (post: SamplePost): string =>
  post.n === 4 ? `<img src="/avatar/neighbour.svg" width="200" height="120" alt="A lane">` : "";
const counts = (post: SamplePost): string =>
  `<p><button aria-label="${post.n} likes">♥</button> ${post.n * 2} reposts${post.edited ? " · <span>Edited</span>" : ""}</p>`;
const title = (post: SamplePost): string => `${post.author} on Townsquare`;

const microblogLink = (post: SamplePost): string => `/@neighbour/${post.n}`;
const microblog: Kind = {
  link: microblogLink,
  html: (post, origin) =>
    page(
      title(post),
      others
        .map((one) => {
          const quote =
            one.n === 4
              ? `<blockquote class="h-cite"><p>${POSTS[1]?.text}</p><a href="${microblogLink(POSTS[1] as SamplePost)}">${time(POSTS[1] as SamplePost)}</a></blockquote>`
              : "";
          const answers =
            one.n === 6 ? `<a class="u-in-reply-to" href="/@neighbour/5">A post that was deleted</a>` : "";
          return `<article class="h-entry">${answers}<p class="p-author h-card"><a class="u-url" href="/@neighbour"><b class="p-name">${one.author}</b></a> <i class="p-nickname">${one.handle}</i></p>
<div class="e-content"><p>${one.text}</p></div>${quote}${picture(one)}<a class="u-url" href="${microblogLink(one)}"><time class="dt-published" datetime="${one.posted}">${one.posted}</time></a>${counts(one)}</article>`;
        })
        .join(""),
      script("application/activity+json", {
        type: "Note",
        id: `${origin}/statuses/${post.n}`,
        url: `${origin}${microblogLink(post)}`,
        content: `<p>${post.text}</p>`,
        published: post.posted.replace(/T(\d\d)/, (_, hour: string) => `T${Number(hour) - 1}`).replace("+01:00", "Z"),
        ...(post.edited === undefined ? {} : { updated: post.edited }),
        ...(post.n === 6 ? { inReplyTo: `${origin}${microblogLink(POSTS[4] as SamplePost)}` } : {}),
        likes: { type: "Collection", totalItems: post.n },
      }) + meta("og:description", `${post.text.slice(0, 20)}…`),
    ),
  foundBy: "permalink",
  textFrom: "ActivityStreams",
};

const atUri = (post: SamplePost): string => `at://did:plc:neighbour${post.n}/app.bsky.feed.post/${post.n}`;
const atApp: Kind = {
  link: (post) => `/profile/neighbour.example/post/${post.n}`,
  html: (post) =>
    page(
      title(post),
      others
        .map(
          (
            one,
          ) => `<div data-testid="postThreadItem-by-${one.handle.slice(1)}"><div><b>${one.author}</b> ${one.handle}</div><div>${one.text}</div>
<div>${one.posted}</div>${counts(one)}</div>`,
        )
        .join(""),
      `<link rel="alternate" href="${atUri(post)}">` +
        script("application/json", {
          thread: others.map((one) => ({
            post: {
              uri: atUri(one),
              author: { handle: one.handle.slice(1), displayName: one.author },
              record: { $type: "app.bsky.feed.post", text: one.text, createdAt: one.posted },
              likeCount: one.n,
            },
          })),
        }),
    ),
  foundBy: "words",
  textFrom: "AT Protocol",
};

const bigLink = (post: SamplePost): string => `/neighbour/status/${post.n}`;
/** Its preview says another name than its data: a conflict to be shown. */
const bigPlatform: Kind = {
  link: (post) => `${bigLink(post)}?s=20`,
  html: (post, origin) =>
    page(
      title(post),
      others
        .map(
          (
            one,
          ) => `<article role="article"><b>${one.author}</b> ${one.handle} <a href="${bigLink(one)}">${time(one)}</a>
<div lang="en">${one.text}</div>${counts(one)}</article>`,
        )
        .join(""),
      `<link rel="canonical" href="${origin}${bigLink(post)}">${meta("author", "Somebody Else")}${script(
        "application/ld+json",
        {
          "@context": "https://schema.org",
          "@type": "SocialMediaPosting",
          url: `${origin}${bigLink(post)}`,
          text: post.text,
          datePublished: post.posted,
          author: { "@type": "Person", name: post.author, alternateName: post.handle },
          interactionStatistic: { interactionType: "https://schema.org/LikeAction", userInteractionCount: post.n },
        },
      )}`,
    ),
  foundBy: "permalink",
  textFrom: "JSON-LD",
};

const board: Kind = {
  link: (post) => `/threads/lane.7/#post-${post.n}`,
  html: (_, origin) =>
    page(
      "The lane",
      others
        .map(
          (
            one,
          ) => `<article id="post-${one.n}" itemscope itemtype="https://schema.org/Comment"><span itemprop="author" itemscope itemtype="https://schema.org/Person"><b itemprop="name">${one.author}</b></span>
<a itemprop="url" href="/threads/lane.7/#post-${one.n}"><time itemprop="datePublished" datetime="${one.posted.slice(0, 16)}">${one.posted}</time></a>
<div itemprop="text">${one.text}</div>${picture(one)}${counts(one)}</article>`,
        )
        .join(""),
      `<link rel="canonical" href="${origin}/threads/lane.7/">`,
    ),
  foundBy: "permalink",
  textFrom: "microdata",
};

const video: Kind = {
  link: (post) => `/watch?v=lane${post.n}`,
  html: (post, origin) =>
    page(
      title(post),
      `<article itemscope itemtype="https://schema.org/VideoObject"><link itemprop="url" href="${origin}/watch?v=lane${post.n}"><h1 itemprop="name">Day ${post.n}</h1>
<div style="width:640px;height:360px;background:#334"></div><meta itemprop="uploadDate" content="${post.posted}"><p itemprop="description">${post.text}</p>
<div itemprop="interactionStatistic" itemscope itemtype="https://schema.org/InteractionCounter"><meta itemprop="interactionType" content="https://schema.org/WatchAction"><meta itemprop="userInteractionCount" content="${post.n * 100}"></div></article>
${others.map((one) => `<article><b>${one.author}</b> <a href="/watch?v=lane${post.n}&amp;lc=${one.n}">${time(one)}</a><p>A comment: ${one.text}</p></article>`).join("")}`,
    ),
  foundBy: "permalink",
  textFrom: "microdata",
};

const news: Kind = {
  link: (post) => `/news/lane#comment-${post.n}`,
  html: () =>
    page(
      "News of the lane",
      `<h1>News of the lane</h1><p>The council met on Monday.</p>${others.map((one) => `<article><a id="comment-${one.n}"></a><b>${one.author}</b><p>${one.text}</p></article>`).join("")}`,
      script("application/ld+json", {
        "@type": "NewsArticle",
        headline: "News of the lane",
        articleBody: "The council met on Monday.",
      }),
    ),
  foundBy: "fragment",
  textFrom: undefined,
};

/** Says nothing of itself: which of the ten is meant cannot be known. */
const bare: Kind = {
  link: (post) => `/bare/${post.n}`,
  html: () => page("Posts", others.map((one) => `<article><b>${one.author}</b><p>${one.text}</p></article>`).join("")),
  foundBy: "nothing",
  textFrom: undefined,
};

export const KINDS: Readonly<Record<string, Kind>> = { microblog, atApp, bigPlatform, board, video, news, bare };

/** The page at a path with its query, where one of the kinds has one there. */
export function platformPage(path: string, origin: string): string | undefined {
  for (const kind of Object.values(KINDS)) {
    for (const post of others) {
      if (kind.link(post).split("#", 1)[0] === path) return kind.html(post, origin);
    }
  }
  return undefined;
}
