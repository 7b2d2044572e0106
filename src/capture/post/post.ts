/** The post on a page: what the page declares of it, and its element, found before and after the picture is taken. */
import { chosenText } from "../facts/facts.ts";
import { MARKUP_RULES } from "../facts/markup/rules.ts";
import type { Look, ReadPage } from "../page/page.ts";
import type { SaidPage } from "../page/said-page.ts";
import { FIND_POST, type PostElement } from "./post-element.ts";

const NOT_LOOKED: PostElement = { foundBy: "nothing", why: "" };

/** All that the page says, and where the post lies on it now. */
export async function readPost(look: Look, said: ReadPage, url: string): Promise<SaidPage> {
  return { ...said, element: await findPost(look, { ...said, element: NOT_LOOKED }, url) };
}

/** Looks once more: an element that moved while the picture was taken cannot be cut out of it. */
export async function holdPost(look: Look, said: SaidPage, url: string): Promise<SaidPage> {
  if (said.element.foundBy === "nothing") return said;
  const after = await findPost(look, said, url);
  const same = after.foundBy !== "nothing" && JSON.stringify(after.box) === JSON.stringify(said.element.box);
  if (same) return said;
  const { places: _, ...rest } = said;
  return { ...rest, element: { foundBy: "nothing", why: "The post moved while its picture was taken." } };
}

async function findPost(look: Look, said: SaidPage, url: string): Promise<PostElement> {
  const words = chosenText(said, url);
  return (await look(
    `(${FIND_POST})(${[url, words, MARKUP_RULES].map((each) => JSON.stringify(each)).join(", ")})`,
  )) as PostElement;
}
