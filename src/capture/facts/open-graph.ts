/** OpenGraph and its kin in meta elements. */

import type { SaidPage } from "../page/said-page.ts";
import { definedOnly, type PostFacts } from "./post-facts.ts";

export function fromOpenGraph(data: SaidPage): PostFacts {
  const all = (name: string): readonly string[] =>
    data.metas.filter((meta) => meta.name === name && meta.content.trim() !== "").map((meta) => meta.content);
  const one = (...names: readonly string[]): string | undefined => names.flatMap(all)[0];
  return definedOnly({
    // Often the address of a profile, which is no name.
    author: [...all("article:author"), ...all("author")].find((name) => !/^https?:/.test(name)),
    handle: one("twitter:creator"),
    postText: one("og:description", "twitter:description"),
    postedAt: one("article:published_time", "og:article:published_time"),
    editedAt: one("article:modified_time"),
    platform: one("og:site_name", "application-name"),
    media: [...all("og:image"), ...all("og:video")].filter((address) => /^https?:/.test(address)),
    title: one("og:title", "twitter:title"),
  });
}
