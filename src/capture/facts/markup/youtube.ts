import type { MarkupRule } from "./rule.ts";

/** Times are told as "3 weeks ago" only, and rounded counts are no numbers. */
const common = {
  postText: { at: "#content-text" },
  likes: { at: "#vote-count-middle[aria-label]", attribute: "aria-label", matching: "^(\\d{1,9}) likes?$" },
  edited: { at: "#published-time-text", matching: "\\((edited)\\)$" },
};

export const youtube: readonly MarkupRule[] = [
  {
    name: "YouTube",
    element: "ytd-comment-view-model, ytd-comment-renderer",
    permalink: { at: '#published-time-text a[href*="lc="]', attribute: "href" },
    facts: { ...common, handle: { at: "a#author-text", matching: "^(@\\S{1,100})$" } },
  },
  {
    name: "YouTube",
    element: "ytd-backstage-post-renderer",
    permalink: { at: '#published-time-text a[href*="/post/"]', attribute: "href" },
    facts: { ...common, author: { at: "a#author-text" } },
  },
];
