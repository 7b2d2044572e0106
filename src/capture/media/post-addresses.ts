/** The addresses of the post's media: of what lies in its element, and after them of what is told of it. */
import { isJsonObject, type JsonObject } from "../../lib/json.ts";
import type { PostElement } from "../post/post-element.ts";

/** `facts`: those of the post, which may name addresses. Not those of small pictures and of its author's. */
export function postAddresses(element: PostElement, facts: JsonObject): readonly string[] {
  const { media: seen, faces } = element.foundBy === "nothing" ? NONE : element;
  return [...seen, ...addressesIn(facts).filter((address) => !faces.includes(address))];
}

const NONE: { readonly media: readonly string[]; readonly faces: readonly string[] } = { media: [], faces: [] };

/** A preview's picture is the site's or the author's as often as the post's. */
function addressesIn({ media, factSources }: JsonObject): readonly string[] {
  const [source] = isJsonObject(factSources) ? [factSources["media"] ?? null].flat() : [];
  if (!Array.isArray(media) || source === "OpenGraph") return [];
  return media.filter((address) => typeof address === "string");
}

/** Of these, what a script puts together. */
export function streamsOf(element: PostElement): readonly string[] {
  return element.foundBy === "nothing" ? [] : element.streams;
}
