/** The post itself: its words blurred and grey, its pictures not even decoded, until asked for. */
import type { Exhibit } from "../verdict.ts";
import { toldFacts } from "../wording.ts";
import { element, foreign } from "./elements.ts";
import type { Pictures, RedactedPage } from "./pictures.ts";
import { words } from "./speech.ts";

/** `pictures`: verified bytes, where the file shows them. Nothing where it shows neither words nor picture. */
export function showPost({ fields: sealed }: Exhibit, { post, page, redacted }: Pictures): HTMLElement | undefined {
  const fields = toldFacts(sealed);
  const content = element("div", "post-content");
  for (const [field, tag] of [
    ["title", "p"],
    ["postText", "blockquote"],
  ] as const) {
    const value = fields[field];
    if (typeof value === "string" && value !== "") content.append(foreign(tag, "", value));
  }
  const drawn: Drawn[] = [];
  if (post !== undefined) drawn.push(imageOf(post, words().post.picture));
  if (page !== undefined) drawn.push(imageOf(page, words().post.page));
  const [first, second] = drawn.map(({ image }) => image);
  if (first !== undefined) content.append(first);
  if (second !== undefined) content.append(oneClickDown(second));
  if (redacted !== undefined) content.append(redactedPage(redacted, drawn));
  if (content.childElementCount === 0) return undefined;
  const figure = element("figure", "post", content);
  cover(figure, content, () => {
    for (const { draw } of drawn.splice(0)) draw();
  });
  return element("section", "", element("h2", "", words().post.seen), figure);
}

function cover(figure: HTMLElement, content: HTMLElement, onShown: () => void): void {
  const said = words().post;
  const show = element("button", "", said.show);
  const care = element("p", "", said.care);
  const lid = element("div", "cover", element("div", "cover-card", care, show));
  const hide = element("button", "plain", said.cover);
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
    onShown();
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

/** Where the post has a picture of its own, the page around it is for whoever wants to see that too. */
function oneClickDown(image: HTMLImageElement): HTMLElement {
  return element("details", "whole-page", element("summary", "", words().post.wholePage), image);
}

const SVG = "http://www.w3.org/2000/svg";

/** The picture with a hatching over what is withheld: it is told from what was grey on the page. */
function redactedPage({ picture, width, height, withheld }: RedactedPage, drawn: Drawn[]): HTMLElement {
  const page = imageOf(picture, words().post.redacted);
  drawn.push(page);
  const hatching = drawing("svg", { viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  const lines = drawing("pattern", { id: "hatch", width: 12, height: 12, patternUnits: "userSpaceOnUse" });
  lines.append(drawing("rect", { width: 12, height: 12, class: "hatch-ground" }));
  lines.append(drawing("path", { d: "M-3,3 L3,-3 M0,12 L12,0 M9,15 L15,9", class: "hatch-line" }));
  hatching.append(lines);
  for (const box of withheld) hatching.append(drawing("rect", { ...box, fill: "url(#hatch)" }));
  const caption = element("figcaption", "", words().post.hatched);
  return element("figure", "redacted", element("div", "redacted-sheet", page.image, hatching), caption);
}

function drawing(tag: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made as SVGElement;
}

interface Drawn {
  readonly image: HTMLImageElement;
  readonly draw: () => void;
}

function imageOf(picture: Blob, alt: string): Drawn {
  const image = element("img", "");
  image.alt = alt;
  const draw = (): void => {
    const url = URL.createObjectURL(picture);
    const release = (): void => URL.revokeObjectURL(url);
    image.addEventListener("load", release);
    image.addEventListener("error", release);
    image.src = url;
  };
  return { image, draw };
}
