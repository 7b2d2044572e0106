import type { MarkupRule } from "./rule.ts";

/** A public post as it is shown to those who are not signed in; its time is told by JSON-LD only. */
export const linkedin: readonly MarkupRule[] = [
  {
    name: "LinkedIn",
    element: "article[data-activity-urn]",
    facts: {
      author: { at: '[data-tracking-control-name="public_post_feed-actor-name"]' },
      postText: { at: '[data-test-id="main-feed-activity-card__commentary"]' },
    },
  },
];
