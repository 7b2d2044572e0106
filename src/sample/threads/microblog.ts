/** A microblog built in the browser: articles from a state in JSON that only its own program reads, OpenGraph for previews. */
import {
  escaped,
  json,
  MEANT,
  meta,
  ORPHAN,
  PICTURE,
  QUOTED,
  ROOT,
  type Said,
  type ThreadPage,
  threadHtml,
} from "./thread-page.ts";

const address = ({ handle }: Said, id: number): string => `/${handle}/status/${id}`;

function article(
  said: Said,
  id: number,
  more: { readonly kind?: string; readonly before?: string; readonly after?: string },
): string {
  const { kind = "", before = "", after = "" } = more;
  return `<article role="article" tabindex="0" data-testid="tweet" class="box ${kind}">${before}
<div data-testid="User-Name"><a href="/${said.handle}"><span>${escaped(said.author)}</span></a> <a href="/${said.handle}" tabindex="-1"><span>@${said.handle}</span></a> · <a href="${address(said, id)}"><time datetime="${said.posted}">2 Oct</time></a></div>
<div lang="en" dir="auto" data-testid="tweetText">${escaped(said.text)}</div>${after}</article>`;
}

const counts = (replies: number, reposts: number, likes: number): string =>
  `<div role="group"><button aria-label="${replies} Replies">💬</button><button aria-label="${reposts} reposts">🔁</button><button aria-label="${likes} Likes">♥</button></div>`;

/** A quotation is a box without a link of its own, and its time no part of the post. */
const quotation = `<div role="link" tabindex="0" class="quote"><div data-testid="User-Name"><b>${escaped(QUOTED.author)}</b> @${QUOTED.handle} · <time datetime="${QUOTED.posted}">1 Oct</time></div><div data-testid="tweetText">${escaped(QUOTED.text)}</div></div>`;

export const microblog: ThreadPage = {
  link: address(MEANT, 702),
  html: () => {
    const state = {
      entities: {
        posts: {
          701: { full_text: ROOT.text },
          702: { full_text: MEANT.text, quoted: 644 },
          703: { full_text: ORPHAN.text },
        },
      },
    };
    const articles = [
      article(ROOT, 701, { after: `<span>Last edited 6:20 PM · Oct 2, 2026</span>${counts(2, 9, 41)}` }),
      article(MEANT, 702, {
        kind: "meant",
        after: `${PICTURE}${quotation}<div><span>1,204</span> <span>Views</span></div><div aria-label="1,204 views"></div>${counts(5, 3, 12)}`,
      }),
      `<article class="box" data-testid="tombstone">This post was deleted by its author. <a href="/help">Learn more</a></article>`,
      article(ORPHAN, 703, { before: "<p>Replying to a deleted post</p>", after: counts(0, 0, 1) }),
      `<h2>Discover more</h2>`,
      article({ ...ROOT, author: "Bee Sedge", handle: "beesedge", text: `Look at this: “${MEANT.text}”` }, 811, {
        after: counts(0, 0, 2),
      }),
    ];
    return threadHtml(
      `${MEANT.author} on Flock: "${MEANT.text}"`,
      meta("og:site_name", "Flock") + meta("og:title", `${MEANT.author} on Flock`) + meta("og:description", MEANT.text),
      `<main>${articles.join("")}</main>${json("application/json", state, ' id="__STATE__"')}<script>window.__INITIAL_STATE__=${JSON.stringify(state)}</script>`,
    );
  },
  foundBy: "permalink",
  facts: {
    author: MEANT.author,
    handle: MEANT.handle,
    postText: MEANT.text,
    postedAt: MEANT.posted,
    likes: 12,
    reposts: 3,
    replies: 5,
    views: 1204,
  },
};
