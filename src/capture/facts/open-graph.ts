/** OpenGraph and its kin in meta elements. */
import type { PageData } from "../page-data.ts";
import { definedOnly, type PostFacts } from "./post-facts.ts";

export function fromOpenGraph(data: PageData): PostFacts {
  const all = (name: string): readonly string[] =>
    data.metas.filter((meta) => meta.name === name && meta.content.trim() !== "").map((meta) => meta.content);
  const one = (...names: readonly string[]): string | undefined => names.flatMap(all)[0];
  return definedOnly({
    author: one("article:author", "author", "twitter:creator"),
    postText: one("og:description", "twitter:description"),
    postedAt: one("article:published_time", "og:article:published_time"),
    platform: one("og:site_name", "application-name"),
    media: [...all("og:image"), ...all("og:video")].filter((address) => /^https?:/.test(address)),
    title: one("og:title", "twitter:title"),
  });
}
