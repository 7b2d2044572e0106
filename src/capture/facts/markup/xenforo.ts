import type { MarkupRule } from "./rule.ts";

/** Boards made with XenForo 2. */
export const xenforo: readonly MarkupRule[] = [
  {
    name: "XenForo",
    element: "article.message[data-author][data-content]",
    facts: {
      author: { attribute: "data-author" },
      postedAt: { at: ".message-attribution-main time[datetime]", attribute: "datetime" },
      editedAt: { at: ".message-lastEdit time[datetime]", attribute: "datetime" },
    },
  },
];
