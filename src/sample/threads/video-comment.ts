/** A video platform, and a link to one comment beneath the video: what is told of the video is not told of the comment. */
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
const comment = (said: Said, id: number, kind = ""): string =>
  `<div role="article" class="box ${kind}"><h3><a href="/@${said.handle}">@${said.handle}</a></h3><span><a href="${video}&amp;lc=${id}"><time datetime="${said.posted}">3 weeks ago</time></a></span><div>${escaped(said.text)}</div><span aria-label="${id - 690} likes">${id - 690}</span></div>`;

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
      `<main><div style="width:600px;height:300px;background:#223"></div><h1>How we hang the lanterns</h1><p>${escaped(QUOTED.text)}</p>${comment(MEANT, 702, "meant")}${comment(ROOT, 701)}${comment(ORPHAN, 703)}</main>`,
    ),
  foundBy: "permalink",
  facts: { likes: 12 },
};
