/** A bulletin board in the shape of phpBB 3: quotations in block quotes, a note where a post was edited, here by another than its author; no metadata. */
import { escaped, MEANT, ORPHAN, PICTURE, ROOT, type Said, type ThreadPage, threadHtml } from "./thread-page.ts";

const address = (id: number): string => `/viewtopic.php?p=${id}#p${id}`;

function post(
  said: Said,
  id: number,
  inside: { readonly kind?: string; readonly quote?: string; readonly after?: string },
): string {
  const author = `<a class="username" href="/memberlist.php?mode=viewprofile&amp;u=${said.handle}">${escaped(said.author)}</a>`;
  return `<div id="p${id}" class="post has-profile bg2 box ${inside.kind ?? ""}"><div class="inner"><dl class="postprofile" id="profile${id}"><dt class="no-profile-rank"><div class="avatar-container"></div>${author}</dt><dd class="profile-posts"><strong>Posts:</strong> <a href="/search.php?u=${said.handle}">214</a></dd></dl>
<div class="postbody"><div id="post_content${id}"><h3 class="first"><a href="${address(id)}">Re: Lanterns</a></h3><p class="author"><a class="unread" href="${address(id)}" title="Post">¶</a> <span class="responsive-hide">by <strong>${author}</strong> » </span><time datetime="${said.posted}">Fri Oct 02, 2026 7:40 pm</time></p>
<div class="content">${inside.quote ?? ""}${escaped(said.text)}</div>${inside.after ?? ""}<div id="sig${id}" class="signature">Lane first.</div></div></div></div></div>`;
}

const quoted = ({ author, text }: Said): string =>
  `<blockquote><div><cite>${escaped(author)} wrote:</cite>${escaped(text)}</div></blockquote>`;

export const bulletinBoard: ThreadPage = {
  link: address(702),
  html: () =>
    threadHtml(
      "Lanterns - Page 1 - Hollow Lane board",
      "",
      `<main id="page-body"><h2 class="topic-title"><a href="/viewtopic.php?t=88">Lanterns</a></h2>${post(ROOT, 701, {})}${post(MEANT, 702, { kind: "meant", quote: quoted(ROOT), after: `${PICTURE}<div class="notice">Last edited by <a class="username" href="/memberlist.php?mode=viewprofile&amp;u=${ROOT.handle}">${ROOT.author}</a> on Fri Oct 02, 2026 7:52 pm, edited 1 time in total.</div>` })}
<div id="p690" class="post box">This post was deleted by a moderator.</div>${post(ORPHAN, 703, { quote: quoted(MEANT) })}</main>`,
    ),
  foundBy: "permalink",
  facts: { author: MEANT.author, postedAt: MEANT.posted, edited: true },
};
