import type { MarkupRule } from "./rule.ts";

/** Boards made with phpBB 3 (prosilver and what is made from it). Words that hold a quotation are another's as well, and not heard. */
export const phpbb: readonly MarkupRule[] = [
  {
    name: "phpBB",
    element: '.post[id^="p"]:has(.postprofile):has(.postbody .author)',
    permalink: { at: '.author > a[href*="#p"]', attribute: "href" },
    facts: {
      author: { at: ".author :is(.username, .username-coloured)" },
      postText: { at: ".postbody .content:not(:has(blockquote, .codebox))" },
      postedAt: { at: ".author time[datetime]", attribute: "datetime" },
      edited: { at: ".postbody .notice", matching: "^(Last edited) by " },
    },
  },
];
