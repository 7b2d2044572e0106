import type { MarkupRule } from "./rule.ts";

/** A channel's public preview (`/s/CHANNEL/NUMBER`). Views are rounded there, and say nothing. */
export const telegram: readonly MarkupRule[] = [
  {
    name: "Telegram",
    element: ".tgme_widget_message[data-post]",
    permalink: { attribute: "data-post", matching: "^(\\w{1,64}/\\d{1,12})$", after: "/s/" },
    facts: {
      author: { at: ".tgme_widget_message_owner_name" },
      handle: { attribute: "data-post", matching: "^(\\w{1,64})/\\d{1,12}$" },
      postText: { at: ".tgme_widget_message_text.js-message_text" },
      postedAt: { at: ".tgme_widget_message_date time[datetime]", attribute: "datetime" },
      edited: { at: ".tgme_widget_message_meta", matching: "^(edited)\\b" },
    },
  },
];
