/** A video platform in the shape of YouTube, and a link to one comment beneath the video: what is told of the video is not told of the comment. */
import {
  escaped,
  json,
  MEANT,
  meta,
  ORPHAN,
  QUOTED,
  ROOT,
  type Said,
  type ThreadPage,
  threadHtml,
} from "./thread-page.ts";

const video = "/watch?v=lanterns";
const comment = (said: Said, id: number, kind = "", edited = ""): string =>
  `<ytd-comment-thread-renderer><ytd-comment-view-model id="comment" class="box ${kind}" style="display:block"><div id="header-author"><h3><a id="author-text" href="/@${said.handle}"><span>@${said.handle}</span></a></h3><span id="published-time-text"><a href="${video}&amp;lc=${id}">3 weeks ago${edited}</a></span></div>
<div id="expander"><yt-attributed-string id="content-text"><span>${escaped(said.text)}</span></yt-attributed-string></div><div id="toolbar"><span id="vote-count-middle" aria-label="${id - 690} likes">${id - 690}</span></div></ytd-comment-view-model></ytd-comment-thread-renderer>`;

export const videoComment: ThreadPage = {
  link: `${video}&lc=702`,
  html: (origin) =>
    threadHtml(
      "How we hang the lanterns - Reel",
      `<link rel="canonical" href="${origin}${video}">${meta("og:title", "How we hang the lanterns")}${meta("og:description", QUOTED.text)}${json(
        "application/ld+json",
        {
          "@context": "https://schema.org",
          "@type": "VideoObject",
          "@id": `${origin}${video}`,
          name: "How we hang the lanterns",
          description: QUOTED.text,
          uploadDate: QUOTED.posted,
          author: QUOTED.author,
          interactionStatistic: [
            {
              "@type": "InteractionCounter",
              interactionType: { "@type": "WatchAction" },
              userInteractionCount: "1204",
            },
          ],
        },
      )}`,
      `<main><div style="width:600px;height:300px;background:#223"></div><h1>How we hang the lanterns</h1><p>${escaped(QUOTED.text)}</p>${comment(MEANT, 702, "meant", " (edited)")}${comment(ROOT, 701)}${comment(ORPHAN, 703)}</main>`,
    ),
  foundBy: "permalink",
  facts: { handle: `@${MEANT.handle}`, postText: MEANT.text, edited: true, likes: 12 },
};
