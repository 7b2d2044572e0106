/** ActivityStreams 2.0 objects that a page carries in a script of their type. */
import { isJsonObject, type Json, type JsonObject, parseJson } from "../../lib/json.ts";
import type { PageData } from "../page-data.ts";
import { plainText } from "./plain-text.ts";
import { definedOnly, type PostFacts } from "./post-facts.ts";

const LIMITS = { length: 300_000, depth: 24 };

export function fromActivity(data: PageData): PostFacts {
  for (const script of data.activities) {
    const value = parsed(script);
    // An activity ("Create") wraps the object that was made.
    const object = isJsonObject(value) && isJsonObject(value["object"]) ? value["object"] : value;
    if (!isJsonObject(object) || typeof object["content"] !== "string") continue;
    return definedOnly({
      ...fromActor(object["attributedTo"]),
      postText: plainText(object["content"]),
      postedAt: typeof object["published"] === "string" ? object["published"] : undefined,
      media: attachments(object),
    });
  }
  return {};
}

function fromActor(actor: Json | undefined): { author: string | undefined; handle: string | undefined } {
  const name = (key: string): string | undefined => {
    const value = isJsonObject(actor) ? actor[key] : undefined;
    return typeof value === "string" ? value : undefined;
  };
  return { author: name("name"), handle: name("preferredUsername") };
}

function attachments(object: JsonObject): readonly string[] {
  const given = object["attachment"];
  const list = Array.isArray(given) ? (given as readonly Json[]) : [given ?? null];
  return list.flatMap((one) => {
    const address = isJsonObject(one) ? one["url"] : undefined;
    return typeof address === "string" && /^https?:/.test(address) ? [address] : [];
  });
}

function parsed(script: string): Json {
  try {
    return parseJson(script, "ActivityStreams", LIMITS);
  } catch {
    return null; // A page's broken metadata says nothing; its bytes are in the archive.
  }
}
