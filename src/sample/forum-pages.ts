/** The pages of Townsquare. */
import type { ForumPost } from "./thread.ts";
import { THREAD } from "./thread.ts";

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

export function page(title: string, body: string, head = "", site = "Townsquare"): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title><link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,">${head}</head>
<body><header><a class="name" href="/">${escape(site)}</a><nav><a href="/">Today</a><a href="/">Places</a><a href="/">People</a></nav>
<form class="in" action="/"><label>Find <input type="search" name="q"></label></form></header>
<main>${body}</main><footer>${escape(site)} is an invented forum. Its people and places do not exist.</footer></body></html>`;
}

/** What a forum of this kind shows: its name, its posts, and a word that stands on each of them. */
interface Shown {
  readonly site?: string;
  readonly thread?: readonly ForumPost[];
  readonly mark?: string;
}

export function threadPage(
  post: ForumPost,
  origin: string,
  deleted: ReadonlySet<string>,
  { site = "Townsquare", thread = THREAD, mark }: Shown = {},
): string {
  const url = `${origin}/p/${post.id}`;
  const replies = thread.filter((other) => other.id !== post.id && !deleted.has(other.id));
  const posting = {
    "@context": "https://schema.org",
    "@type": "DiscussionForumPosting",
    url,
    headline: `${post.author} on ${site}`,
    text: post.text,
    datePublished: post.posted,
    inLanguage: post.language,
    author: {
      "@type": "Person",
      name: post.author,
      alternateName: post.handle,
      url: `${origin}/u/${post.handle.slice(1)}`,
    },
    image: `${origin}/avatar/${post.handle.slice(1)}.svg`,
    publisher: { "@type": "Organization", name: site },
  };
  const head = [
    `<link rel="canonical" href="${url}">`,
    meta("og:site_name", site),
    meta("og:type", "article"),
    meta("og:title", `${post.author} on ${site}`),
    meta("og:description", post.text),
    meta("og:url", url),
    meta("article:published_time", post.posted),
    `<script type="application/ld+json">${JSON.stringify(posting).replaceAll("<", "\\u003c")}</script>`,
  ].join("");
  const body = `<p class="place">Hollow Lane / Evening talk</p>${article(post, "first", mark)}
<h2>${replies.length} ${replies.length === 1 ? "reply" : "replies"}</h2>${replies.map((reply) => article(reply, "reply", mark)).join("")}`;
  return page(`${post.author} on ${site}`, body, head, site);
}

function article(post: ForumPost, kind: string, mark?: string): string {
  const handle = post.handle.slice(1);
  return `<article class="h-entry ${kind}" id="p${post.id}"><img class="face" src="/avatar/${handle}.svg" width="48" height="48" alt="">
<div>${mark === undefined ? "" : `<p class="mark">${escape(mark)}</p>`}<p class="by p-author h-card"><span class="p-name" dir="auto">${escape(post.author)}</span> <span class="handle p-nickname">${escape(post.handle)}</span></p>
<p class="said e-content" lang="${post.language}" dir="auto">${escape(post.text)}</p>
<p class="when"><a class="u-url" href="/p/${post.id}"><time class="dt-published" datetime="${post.posted}">${escape(when(post.posted))}</time></a> · Reply · Report</p></div></article>`;
}

/** The clock on the poster's own wall. */
function when(posted: string): string {
  const local = new Date(`${posted.slice(0, 19)}Z`);
  return local.toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short", timeZone: "UTC" });
}

export const gonePage = page(
  "Post removed",
  `<h1>This post was removed</h1><p>Whoever wrote it, or Townsquare, took it down.</p>`,
);
export const notFoundPage = page("Not found", `<h1>Nothing here</h1><p>There is no such page on Townsquare.</p>`);

/** A face of two shapes whose colours follow from the name. */
export function avatar(handle: string): string {
  const hue = [...handle].reduce((sum, letter) => sum + letter.charCodeAt(0) * 7, 0) % 360;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48" width="48" height="48"><rect width="48" height="48" fill="hsl(${hue} 35% 82%)"/>
<circle cx="24" cy="19" r="9" fill="hsl(${hue} 40% 38%)"/><path d="M6 48c2-14 10-18 18-18s16 4 18 18z" fill="hsl(${hue} 40% 38%)"/></svg>`;
}

export const forumStyle = `
:root { color-scheme: light; --ink: #1d2733; --quiet: #52606d; --rule: #d5dce3; --field: #eef2f5; --accent: #1c5d7a }
* { box-sizing: border-box } body { margin: 0; font: 17px/1.55 "Open Sans", "DejaVu Sans", system-ui, sans-serif; color: var(--ink); background: var(--field) }
header { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; align-items: center; padding: .8rem max(1rem, calc(50% - 22rem)); background: #fff; border-bottom: 1px solid var(--rule) }
.name { font-weight: 700; font-size: 1.25rem; color: var(--accent); text-decoration: none } nav { display: flex; gap: 1rem; flex: 1 }
nav a { color: var(--quiet); text-decoration: none } .in input { font: inherit; width: 9rem; padding: .2rem .5rem; border: 1px solid var(--rule); border-radius: .4rem }
main { max-width: 44rem; margin: 0 auto; padding: 1.5rem 1rem 3rem } .place { color: var(--quiet); margin: 0 0 .6rem; font-size: .92rem }
article { display: grid; grid-template-columns: 48px 1fr; gap: 1rem; padding: 1.1rem 1.2rem; background: #fff; border: 1px solid var(--rule); border-radius: .7rem; margin-bottom: .8rem }
.reply { margin-left: 2rem } .face { border-radius: 50% } .by { margin: 0; font-weight: 700 } .handle, .when, footer { color: var(--quiet); font-weight: 400; font-size: .9rem }
.said { margin: .3rem 0 .5rem; font-size: 1.12rem; overflow-wrap: anywhere } .first .said { font-size: 1.35rem; line-height: 1.4 } .when { margin: 0 } .when a { color: inherit }
.mark { margin: 0 0 .4rem; font-weight: 700; letter-spacing: .04em; color: #8a2b12 } h2 { font-size: 1rem; color: var(--quiet); margin: 1.6rem 0 .8rem 2rem } footer { max-width: 44rem; margin: 0 auto; padding: 0 1rem 2rem }
form.wall { display: grid; gap: .8rem; max-width: 22rem; padding: 1.4rem; background: #fff; border: 1px solid var(--rule); border-radius: .7rem } form.wall input, form.wall button { font: inherit; padding: .5rem .7rem; width: 100% }`;

function meta(property: string, content: string): string {
  return `<meta property="${property}" content="${escape(content)}">`;
}
