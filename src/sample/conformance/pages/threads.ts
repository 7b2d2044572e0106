/** Posts as the common kinds of platform show them, and posts that show themselves only when something is pressed. */
import { button } from "../../curtains.ts";
import { avatar } from "../../forum-pages.ts";
import { PICTURE } from "../../threads/thread-page.ts";
import { THREAD_PAGES } from "../../threads/thread-pages.ts";
import { body, type ConformancePage, html, text } from "../answer.ts";

const face = (name: string) => body("image/svg+xml", avatar(name));

/** Their pictures stand below the page here, and not at the forum's root. */
export const threads: readonly ConformancePage[] = Object.entries(THREAD_PAGES).map(([kind, page]) => ({
  name: `thread-${kind.toLowerCase()}`,
  answers: ({ origin }) => {
    const content = page.html(origin).replaceAll('src="/avatar/', 'src="avatar/');
    return {
      "": body("text/html; charset=utf-8", content),
      ...(content.includes('src="avatar/lane.svg"') ? { "avatar/lane.svg": face("lane") } : {}),
    };
  },
}));

const BEGINNING = "They should leave the lane by the first of May, and take";
const JARS = `${PICTURE.replaceAll("/avatar/", "avatar/").replaceAll('"', "&quot;")} The jars.`;
const post = (content: string): string =>
  `<article><p><b>Marrow</b> @marrow</p><div>${content}</div><p>14 March 2026, 21:07</p></article>`;

export const showMore: ConformancePage = {
  name: "show-more",
  answers: () => ({
    "": html(
      "Show more",
      post(
        `${BEGINNING} … ${button("Show more", `onclick="fetch('rest').then((answer) => answer.text()).then((rest) => (this.parentElement.textContent = rest))"`)}`,
      ),
    ),
    rest: text(`${BEGINNING} the hedge with them.`),
  }),
};

export const sensitive: ConformancePage = {
  name: "sensitive",
  answers: () => ({
    "": html(
      "Sensitive content",
      post(
        `This post may contain sensitive content. ${button("Show", `onclick="this.parentElement.innerHTML = this.dataset.post" data-post="${JARS}"`)}`,
      ),
    ),
    "avatar/lane.svg": face("lane"),
  }),
};
