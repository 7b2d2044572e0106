import type { MarkupRule } from "./rule.ts";

/** Its own app; the rest is told by the record that the page fetched (at-protocol.ts). Counts stand in buttons' labels. */
export const bluesky: readonly MarkupRule[] = [
  {
    name: "Bluesky",
    element: '[data-testid^="postThreadItem-by-"]',
    facts: {
      handle: { attribute: "data-testid", matching: "^postThreadItem-by-([\\w.-]{3,253})$" },
      likes: {
        at: '[data-testid="likeBtn"][aria-label]',
        attribute: "aria-label",
        matching: "\\((\\d{1,9}) likes?\\)$",
      },
    },
  },
];
