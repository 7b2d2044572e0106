/** The post itself: blurred and grey until asked for. */
import type { Exhibit } from "../verdict.ts";
import { toldFacts } from "../wording.ts";
import { element, foreign } from "./elements.ts";
import type { Pictures } from "./pictures.ts";

/** `pictures`: verified bytes, where the file shows them. Nothing where it shows neither words nor picture. */
export function showPost({ fields: sealed }: Exhibit, { post, page }: Pictures): HTMLElement | undefined {
  const fields = toldFacts(sealed);
  const content = element("div", "post-content");
  for (const [field, tag] of [
    ["title", "p"],
    ["postText", "blockquote"],
  ] as const) {
    const value = fields[field];
    if (typeof value === "string" && value !== "") content.append(foreign(tag, "", value));
  }
  if (post !== undefined) content.append(imageOf(post, "Picture of the post as it was recorded"));
  if (page !== undefined) content.append(post === undefined ? wholePage(page) : oneClickDown(wholePage(page)));
  if (content.childElementCount === 0) return undefined;
  const figure = element("figure", "post", content);
  cover(figure, content);
  return element("section", "", element("h2", "", "What was seen"), figure);
}

function cover(figure: HTMLElement, content: HTMLElement): void {
  const show = element("button", "", "Show it");
  const words = element("p", "", "Somebody’s post, as it was seen. It may be hard to read.");
  const lid = element("div", "cover", element("div", "cover-card", words, show));
  const hide = element("button", "plain", "Cover it again");
  const foot = element("div", "post-foot", hide);
  const set = (isCovered: boolean): void => {
    figure.classList.toggle("covered", isCovered);
    // Neither read aloud nor reached by keyboard while it is covered.
    content.inert = isCovered;
    lid.hidden = !isCovered;
    foot.hidden = isCovered;
  };
  for (const button of [show, hide]) button.type = "button";
  show.addEventListener("click", () => {
    set(false);
    hide.focus();
  });
  hide.addEventListener("click", () => {
    set(true);
    show.focus();
  });
  figure.append(lid, foot);
  set(true);
}

function wholePage(picture: Blob): HTMLImageElement {
  return imageOf(picture, "Screenshot of the page as it was recorded");
}

/** Where the post has a picture of its own, the page around it is for whoever wants to see that too. */
function oneClickDown(image: HTMLImageElement): HTMLElement {
  return element("details", "whole-page", element("summary", "", "The whole page"), image);
}

function imageOf(picture: Blob, words: string): HTMLImageElement {
  const image = element("img", "");
  const url = URL.createObjectURL(picture);
  const release = (): void => URL.revokeObjectURL(url);
  image.alt = words;
  image.addEventListener("load", release);
  image.addEventListener("error", release);
  image.src = url;
  return image;
}
