import type { MarkupRule } from "./rule.ts";

/** Posts on walls. What a repost brings with it is another's; times are numbers of seconds, and not read. */
export const vk: readonly MarkupRule[] = [
  {
    name: "VK",
    element: ".post[data-post-id]",
    permalink: { attribute: "data-post-id", matching: "^(-?\\d{1,15}_\\d{1,12})$", after: "/wall" },
    facts: {
      author: { at: ".post_author .author:not(.copy_quote *)" },
      postText: { at: ".wall_post_text:not(.copy_quote *)" },
    },
  },
];
