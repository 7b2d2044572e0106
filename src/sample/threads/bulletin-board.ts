/** A bulletin board of the older kind: tables and divisions with ids, quotations in block quotes, a note where a post was edited; no metadata. */
import { escaped, MEANT, ORPHAN, PICTURE, ROOT, type Said, type ThreadPage, threadHtml } from "./thread-page.ts";

const address = (id: number): string => `/viewtopic.php?p=${id}#p${id}`;

function post(
  said: Said,
  id: number,
  inside: { readonly kind?: string; readonly quote?: string; readonly after?: string },
): string {
  return `<div id="p${id}" class="post bg2 box ${inside.kind ?? ""}"><div class="inner"><dl class="postprofile"><dt><a class="username" href="/memberlist.php?u=${said.handle}">${escaped(said.author)}</a></dt><dd>Posts: 214</dd></dl>
<div class="postbody"><h3><a href="#p${id}">Re: Lanterns</a></h3><p class="author"><a class="unread" rel="bookmark" href="${address(id)}"><time datetime="${said.posted}">Fri Oct 02</time></a></p>
<div class="content">${inside.quote ?? ""}${escaped(said.text)}${inside.after ?? ""}</div></div></div></div>`;
}

const quoted = ({ author, text }: Said): string =>
  `<blockquote><div><cite>${escaped(author)} wrote:</cite>${escaped(text)}</div></blockquote>`;

export const bulletinBoard: ThreadPage = {
  link: address(702),
  html: () =>
    threadHtml(
      "Lanterns - Page 1 - Hollow Lane board",
      "",
      `<main id="page-body"><h2 class="topic-title"><a href="/viewtopic.php?t=88">Lanterns</a></h2>${post(ROOT, 701, {})}${post(MEANT, 702, { kind: "meant", quote: quoted(ROOT), after: `${PICTURE}<div class="notice">Last edited by Tam Ford on Fri Oct 02, 2026 7:52 pm, edited 1 time in total.</div>` })}
<div id="p690" class="post box">This post was deleted by a moderator.</div>${post(ORPHAN, 703, { quote: quoted(MEANT) })}</main>`,
    ),
  foundBy: "permalink",
  facts: { edited: true },
};
