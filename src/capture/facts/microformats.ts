/** microformats2 h-entry: the entry the page is about. */

import type { SaidPage } from "../page/said-page.ts";
import { pickAbout } from "./about.ts";
import { definedOnly, type PostFacts } from "./post-facts.ts";

export function fromMicroformats(page: SaidPage, url: string): PostFacts {
  const entry =
    pickAbout(page.entries, (candidate) => [candidate.url], { url, canonical: page.canonical }) ??
    (page.entries.length === 1 ? page.entries[0] : undefined);
  if (entry === undefined) return {};
  return definedOnly({
    author: entry.author,
    handle: entry.handle,
    postText: entry.text,
    postedAt: entry.published,
    editedAt: entry.updated === entry.published ? undefined : entry.updated,
    replyTo: entry.replyTo,
  });
}
