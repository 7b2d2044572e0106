import type { MarkupRule } from "./rule.ts";

const counted = (word: string) => ({
  at: '[role="group"][aria-label]',
  attribute: "aria-label",
  matching: `(?:^|, )(\\d{1,9}) ${word}(?:,|$)`,
});

/** Name and handle lead to the author, and the time beside them, in an answer, to the post. A quotation's lead nowhere. */
const NAME = '[data-testid="User-Name"] a[href^="/"]';

export const x: readonly MarkupRule[] = [
  {
    name: "X",
    element: 'article[data-testid="tweet"]',
    facts: {
      author: { at: `${NAME}:not([href*="/status/"])`, matching: "^([^@\\n][^\\n]{0,100})$" },
      handle: { at: NAME, attribute: "href", matching: "^/(\\w{1,15})$" },
      postText: { at: '[data-testid="tweetText"]:not([role="link"] *)' },
      postedAt: { at: 'a[href*="/status/"] time[datetime]', attribute: "datetime" },
      replies: counted("repl(?:y|ies)"),
      reposts: counted("reposts?"),
      likes: counted("likes?"),
      views: counted("views?"),
    },
  },
];
