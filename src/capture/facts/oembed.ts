/** oEmbed (oembed.com, version 1.0): few facts, and none of the post's words, which stand in its HTML in any form. */
import { isJsonObject, type Json } from "../../lib/json.ts";
import type { SaidPage } from "../page/said-page.ts";
import { LONGEST_FORM } from "../post/other-forms.ts";
import type { OtherForm } from "../post/read-forms.ts";
import { isOfPage } from "./about.ts";
import { parsedOrNothing } from "./parse.ts";
import { definedOnly, type PostFacts } from "./post-facts.ts";

export function fromOembed(page: SaidPage, url: string, form: OtherForm): PostFacts {
  const [answer] = parsedOrNothing(form.text, LONGEST_FORM);
  const about = { url, canonical: page.canonical };
  if (!isJsonObject(answer) || !isAskedOf(form.url, about)) return {};
  const type = text(answer["type"]);
  const address = text(answer["url"]);
  // Of a photo `url` is the picture; of anything else it is where the thing is, which must be here.
  if (type !== "photo" && address !== undefined && !isOfPage(address, about)) return {};
  return definedOnly({
    author: text(answer["author_name"]),
    platform: text(answer["provider_name"]),
    title: text(answer["title"]),
    media: type === "photo" && address !== undefined && /^https?:/.test(address) ? [address] : undefined,
  });
}

/** Pages that change without being loaded anew leave the link of another post behind. */
function isAskedOf(link: string, about: { readonly url: string; readonly canonical: string }): boolean {
  const asked = URL.parse(link)?.searchParams.get("url");
  return asked === null || asked === undefined || isOfPage(asked, about);
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" && value.trim() !== "" ? value : undefined;
}
