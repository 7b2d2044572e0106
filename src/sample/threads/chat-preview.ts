/** The public preview of a group chat: bubbles with their own links; of the one that is linked to, OpenGraph has the words. */
import { escaped, MEANT, meta, ORPHAN, PICTURE, ROOT, type Said, type ThreadPage, threadHtml } from "./thread-page.ts";

const bubble = (said: Said, id: number, kind = "", inside = ""): string =>
  `<div class="tgme_widget_message_wrap"><div class="tgme_widget_message text_not_supported_wrap box ${kind}" data-post="hollowlane/${id}"><div class="tgme_widget_message_author"><a class="tgme_widget_message_owner_name" href="/hollowlane"><span dir="auto">Hollow Lane talk</span></a></div>${inside}
<div class="tgme_widget_message_text js-message_text" dir="auto">${escaped(said.text)}</div><div class="tgme_widget_message_footer"><span class="tgme_widget_message_views">1204</span><span> views</span> <span class="tgme_widget_message_meta">edited <a class="tgme_widget_message_date" href="/hollowlane/${id}"><time datetime="${said.posted}">19:40</time></a></span></div></div></div>`;

export const chatPreview: ThreadPage = {
  link: "/s/hollowlane/702",
  html: () =>
    threadHtml(
      "Hollow Lane talk",
      meta("og:title", "Hollow Lane talk") + meta("og:description", MEANT.text) + meta("og:site_name", "Chatter"),
      `<main class="tgme_main"><section class="tgme_channel_history">${bubble(ROOT, 701)}${bubble(MEANT, 702, "meant", `<a class="tgme_widget_message_reply" href="/hollowlane/701"><div>${escaped(ROOT.text)}</div></a>${PICTURE}`)}${bubble(ORPHAN, 703, "", "<div>Deleted message</div>")}</section></main>`,
    ),
  foundBy: "permalink",
  facts: {
    author: "Hollow Lane talk",
    handle: "hollowlane",
    postText: MEANT.text,
    postedAt: MEANT.posted,
    edited: true,
  },
};
