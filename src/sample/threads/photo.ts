/** A photo platform: the caption is the first of the comments, all in one article; JSON-LD tells of caption, comments and pictures. */
import { escaped, json, MEANT, ORPHAN, PICTURE, ROOT, type Said, type ThreadPage, threadHtml } from "./thread-page.ts";

const address = "/p/lane702/";
const line = (said: Said, path: string): string =>
  `<li><h3><a href="/${said.handle}/">${said.handle}</a></h3><span>${escaped(said.text)}</span> <a href="${path}"><time datetime="${said.posted}">7w</time></a></li>`;

export const photo: ThreadPage = {
  link: address,
  html: (origin) =>
    threadHtml(
      `${MEANT.author} on Shutter`,
      json("application/ld+json", {
        "@context": "https://schema.org",
        "@type": "SocialMediaPosting",
        identifier: { "@type": "PropertyValue", propertyID: "Post Shortcode", value: "lane702" },
        mainEntityOfPage: { "@type": "WebPage", "@id": `${origin}${address}` },
        articleBody: MEANT.text,
        dateCreated: MEANT.posted,
        dateModified: MEANT.posted,
        author: { "@type": "Person", name: MEANT.author, alternateName: `@${MEANT.handle}` },
        image: [
          { "@type": "ImageObject", url: `${origin}/avatar/lane.svg` },
          { "@type": "ImageObject", url: `${origin}/avatar/shelf.svg` },
        ],
        commentCount: 2,
        interactionStatistic: [
          { "@type": "InteractionCounter", interactionType: "http://schema.org/LikeAction", userInteractionCount: 12 },
        ],
        comment: [ROOT, ORPHAN].map((said) => ({ "@type": "Comment", text: said.text, author: { name: said.author } })),
      }),
      `<main><article class="box meant" role="presentation">${PICTURE}<ul>${line(MEANT, address)}${line(ROOT, `${address}c/1/`)}${line(ORPHAN, `${address}c/2/`)}</ul></article>
<h2>More posts</h2><article class="box"><a href="/p/other/"><time datetime="${ROOT.posted}">8w</time></a> ${escaped(ROOT.text)}</article></main>`,
    ),
  foundBy: "words",
  facts: {
    author: MEANT.author,
    handle: `@${MEANT.handle}`,
    postText: MEANT.text,
    postedAt: MEANT.posted,
    likes: 12,
    replies: 2,
    media: ["/avatar/lane.svg", "/avatar/shelf.svg"],
  },
};
