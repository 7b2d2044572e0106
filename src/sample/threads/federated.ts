/** A server of the Fediverse: h-entries, and a link to the post as ActivityStreams; a boost of the post stands on the page as well. */
import {
  escaped,
  MEANT,
  MEANT_EDITED,
  meta,
  ORPHAN,
  PICTURE,
  ROOT,
  type Said,
  type ThreadPage,
  threadHtml,
} from "./thread-page.ts";

const address = ({ handle }: Said, id: number): string => `/@${handle}/${id}`;

function entry(said: Said, id: number, kind: string, inside = ""): string {
  return `<div class="entry ${kind} h-entry box"><div class="status__info"><a class="p-author h-card" rel="noopener" href="/@${said.handle}"><img class="u-photo" src="/avatar/lane.svg" width="46" height="46" alt=""><strong class="p-name">${escaped(said.author)}</strong> <span class="p-nickname">@${said.handle}@lane.example</span></a></div>
<div class="status__content e-content" lang="en"><p>${escaped(said.text)}</p></div>${inside}
<div><a class="u-url u-uid detailed-status__datetime" href="${address(said, id)}"><time class="dt-published" datetime="${said.posted}">2 Oct</time></a></div></div>`;
}

/** Such servers put more before the words than was said: a difference to be shown. */
const PREVIEW = `Attached: 1 image\n\n${MEANT.text}`;

export const federated: ThreadPage = {
  link: address(MEANT, 702),
  html: (origin) => {
    const answered = `<a class="u-in-reply-to" href="${origin}${address(ROOT, 701)}">in reply to Wren Alder</a>`;
    const edited = `<span>* <time class="dt-updated" datetime="${MEANT_EDITED}" title="Edited">2 Oct 19:52</time></span>`;
    const boosted = `<div class="status__prepend"><a href="/@beesedge">Bee Sedge boosted</a></div>`;
    const gone = `<div class="entry box">Post removed by author</div>`;
    const counts = `<div><span>3 boosts</span> · <span>12 favourites</span></div>`;
    return threadHtml(
      `${MEANT.author}: "${MEANT.text.slice(0, 40)}…" - Lane`,
      [
        `<link rel="canonical" href="${origin}${address(MEANT, 702)}">`,
        `<link rel="alternate" type="application/activity+json" href="${origin}/users/${MEANT.handle}/statuses/702">`,
        meta("og:site_name", "Lane"),
        meta("og:title", `${MEANT.author} (@${MEANT.handle}@lane.example)`),
        meta("og:description", PREVIEW),
        meta("og:published_time", MEANT.posted),
      ].join(""),
      `<main><div class="activity-stream">${entry(ROOT, 701, "entry-predecessor")}${entry(MEANT, 702, "entry-center meant", answered + edited + PICTURE + counts)}${gone}${entry(ORPHAN, 703, "entry-successor", "<span>in reply to a deleted post</span>")}</div>
<aside><h2>Boosts</h2><blockquote class="h-cite">${boosted}${escaped(MEANT.text)}</blockquote></aside></main>`,
    );
  },
  foundBy: "permalink",
  facts: {
    author: MEANT.author,
    handle: `@${MEANT.handle}@lane.example`,
    postText: MEANT.text,
    postedAt: MEANT.posted,
    editedAt: MEANT_EDITED,
    replyTo: `/@${ROOT.handle}/701`,
    likes: 12,
    reposts: 3,
    activityLink: `/users/${MEANT.handle}/statuses/702`,
  },
  conflicts: { postText: [{ source: "OpenGraph", value: PREVIEW }] },
};
