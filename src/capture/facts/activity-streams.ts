/** ActivityStreams 2.0 objects that a page carries in a script of their type. */
import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { SaidPage } from "../said-page.ts";
import { pickAbout } from "./about.ts";
import { parsedOrNothing } from "./parse.ts";
import { plainText } from "./plain-text.ts";
import { definedOnly, type PostFacts } from "./post-facts.ts";

export function fromActivity(page: SaidPage, url: string): PostFacts {
  const objects = page.activities.flatMap(parsedOrNothing).flatMap(postOf);
  const object = pickAbout(objects, ({ id, url: address }) => [id, address], { url, canonical: page.canonical });
  return object === undefined ? {} : factsOf(object);
}

/** An activity ("Create") wraps the object that was made. */
function postOf(value: Json): readonly JsonObject[] {
  const object = isJsonObject(value) && isJsonObject(value["object"]) ? value["object"] : value;
  return isJsonObject(object) && typeof object["content"] === "string" ? [object] : [];
}

function factsOf(object: JsonObject): PostFacts {
  const updated = text(object["updated"]);
  const answered = object["inReplyTo"];
  return definedOnly({
    ...fromActor(object["attributedTo"]),
    postText: plainText(text(object["content"]) ?? ""),
    postedAt: text(object["published"]),
    editedAt: updated === object["published"] ? undefined : updated,
    replyTo: isJsonObject(answered) ? text(answered["id"]) : text(answered),
    likes: total(object["likes"]),
    reposts: total(object["shares"]),
    replies: total(object["replies"]),
    media: attachments(object),
  });
}

function fromActor(actor: Json | undefined): { author: string | undefined; handle: string | undefined } {
  const name = (key: string): string | undefined => (isJsonObject(actor) ? text(actor[key]) : undefined);
  return { author: name("name"), handle: name("preferredUsername") };
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** `totalItems` of a collection. */
function total(collection: Json | undefined): number | undefined {
  const items = isJsonObject(collection) ? collection["totalItems"] : undefined;
  return typeof items === "number" ? items : undefined;
}

function attachments(object: JsonObject): readonly string[] {
  return [object["attachment"] ?? null].flat().flatMap((one) => {
    const address = isJsonObject(one) ? one["url"] : undefined;
    return typeof address === "string" && /^https?:/.test(address) ? [address] : [];
  });
}
