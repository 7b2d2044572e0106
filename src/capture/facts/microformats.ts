/** microformats2 h-entry: the entry the page is about, or its only one. */
import type { PageData } from "../page-data.ts";
import { isSamePage } from "../same-page.ts";
import type { PostFacts } from "./post-facts.ts";

export function fromMicroformats(data: PageData, url: string): PostFacts {
  const entry =
    data.entries.find((candidate) => candidate.url !== "" && isSamePage(candidate.url, url)) ??
    (data.entries.length === 1 ? data.entries[0] : undefined);
  if (entry === undefined) return {};
  return { author: entry.author, handle: entry.handle, postText: entry.text, postedAt: entry.published };
}
