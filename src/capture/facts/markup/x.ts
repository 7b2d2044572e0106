import type { MarkupRule } from "./rule.ts";

const counted = (word: string) => ({
  at: '[role="group"][aria-label]',
  attribute: "aria-label",
  matching: `(?:^|, )(\\d{1,9}) ${word}(?:,|$)`,
});

export const x: readonly MarkupRule[] = [
  {
    name: "X",
    element: 'article[data-testid="tweet"]',
    facts: {
      author: { at: '[data-testid="User-Name"] a[href^="/"]', matching: "^([^@\\n][^\\n]{0,100})$" },
      handle: { at: '[data-testid="User-Name"] a[href^="/"]', attribute: "href", matching: "^/(\\w{1,15})$" },
      postText: { at: '[data-testid="tweetText"]' },
      postedAt: { at: 'a[href*="/status/"] time[datetime]', attribute: "datetime" },
      replies: counted("repl(?:y|ies)"),
      reposts: counted("reposts?"),
      likes: counted("likes?"),
      views: counted("views?"),
    },
  },
];
