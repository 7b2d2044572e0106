/** ActivityStreams 2.0 objects: those a page carries in a script of their type, and the one it says is to be had elsewhere. */
import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { SaidPage } from "../page/said-page.ts";
import { isSamePage } from "../page/same-page.ts";
import { LONGEST_FORM } from "../post/other-forms.ts";
import type { OtherForm } from "../post/read-forms.ts";
import { isOfPage, pickAbout } from "./about.ts";
import { parsedOrNothing } from "./parse.ts";
import { plainText } from "./plain-text.ts";
import { definedOnly, type PostFacts } from "./post-facts.ts";

export function fromActivity(page: SaidPage, url: string): PostFacts {
  const objects = page.activities.flatMap((script) => parsedOrNothing(script)).flatMap(postOf);
  const object = pickAbout(objects, ({ id, url: address }) => [id, address], { url, canonical: page.canonical });
  return object === undefined ? {} : factsOf(object);
}

/** What came from the page's own link is of the page's post, under whichever address; where it bears another, it is not. */
export function fromFetchedActivity(page: SaidPage, url: string, form: OtherForm): PostFacts {
  const [object] = parsedOrNothing(form.text, LONGEST_FORM).flatMap(postOf);
  if (object === undefined) return {};
  const addresses = [object["id"], ...[object["url"] ?? null].flat()].filter((one) => typeof one === "string");
  const about = { url, canonical: page.canonical };
  const isMeant = addresses.some((address) => isSamePage(address, form.url) || isOfPage(address, about));
  return isMeant ? factsOf(object) : {};
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
