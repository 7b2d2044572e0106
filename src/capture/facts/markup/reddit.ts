import type { MarkupRule } from "./rule.ts";

/** Its score is what remains of votes for and against: no count of likes. */
export const reddit: readonly MarkupRule[] = [
  {
    name: "Reddit",
    element: "shreddit-post",
    permalink: { attribute: "permalink" },
    facts: {
      handle: { attribute: "author", matching: "^([\\w-]{1,40})$" },
      postText: { at: '[slot="text-body"]' },
      postedAt: { attribute: "created-timestamp" },
      replies: { attribute: "comment-count", matching: "^(\\d{1,9})$" },
      title: { attribute: "post-title" },
    },
  },
  {
    name: "Reddit",
    element: "shreddit-comment",
    permalink: { attribute: "permalink" },
    facts: {
      handle: { attribute: "author", matching: "^([\\w-]{1,40})$" },
      postText: { at: '[slot="comment"]' },
      postedAt: { at: "time[datetime]", attribute: "datetime" },
    },
  },
];
