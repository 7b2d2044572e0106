/** ActivityStreams 2.0 objects that a page carries in a script of their type. */
import { isJsonObject, type Json, parseJson } from "../../lib/json.ts";
import type { PageData } from "../page-data.ts";
import { definedOnly, type PostFacts } from "./post-facts.ts";

const LIMITS = { length: 300_000, depth: 24 };

export function fromActivity(data: PageData): PostFacts {
  for (const script of data.activities) {
    const value = parsed(script);
    const object = isJsonObject(value) && isJsonObject(value["object"]) ? value["object"] : value;
    if (!isJsonObject(object) || typeof object["content"] !== "string") continue;
    const actor = object["attributedTo"];
    return definedOnly({
      author: isJsonObject(actor) && typeof actor["name"] === "string" ? actor["name"] : undefined,
      handle:
        isJsonObject(actor) && typeof actor["preferredUsername"] === "string" ? actor["preferredUsername"] : undefined,
      postText: plainText(object["content"]),
      postedAt: typeof object["published"] === "string" ? object["published"] : undefined,
    });
  }
  return {};
}

function parsed(script: string): Json {
  try {
    return parseJson(script, "ActivityStreams", LIMITS);
  } catch {
    return null;
  }
}

/** `content` is HTML; only its words are wanted, and nothing here is ever shown as HTML. */
function plainText(html: string): string {
  return html
    .replace(/<(?:br|\/p|\/div|\/li)\b[^>]*>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&#39;|&apos;/g, "'")
    .replace(/&nbsp;/g, " ")
    .replace(/&amp;/g, "&")
    .trim();
}
