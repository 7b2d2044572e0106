/** AT Protocol post records (lexicon app.bsky.feed.post), and views of them: in a page's JSON scripts, and as it fetched them. */
import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { SaidPage } from "../page/said-page.ts";
import { LONGEST_FORM } from "../post/other-forms.ts";
import type { OtherForm } from "../post/read-forms.ts";
import { parsedOrNothing } from "./parse.ts";
import { definedOnly, type PostFacts } from "./post-facts.ts";

const POST = "app.bsky.feed.post";
const MOST_NODES = 2000;

/** A view names record, address and counts; a bare record nothing but itself. */
interface Post {
  readonly view: JsonObject;
  readonly record: JsonObject;
}

export function fromAtProtocol(page: SaidPage, url: string): PostFacts {
  const posts = page.atRecords.flatMap((script) => parsedOrNothing(script)).flatMap(postsIn);
  const named = posts.filter(isNamed(page, url));
  const [post] = named.length === 0 && posts.length === 1 ? posts : named;
  return post === undefined || isContradicted(post, page.atUri) ? {} : factsOf(post);
}

/** A page may fetch other posts than its own: only the one with its address is heard. */
export function fromFetchedAt(page: SaidPage, url: string, form: OtherForm): PostFacts {
  const [post] = parsedOrNothing(form.text, LONGEST_FORM).flatMap(postsIn).filter(isNamed(page, url));
  return post === undefined ? {} : factsOf(post);
}

/** By the record's address where the page declares it; else by the form of the applications' links (docs/formats/capture.md). */
function isNamed({ atUri }: SaidPage, url: string): (post: Post) => boolean {
  if (atUri !== "") return ({ view }) => view["uri"] === atUri;
  const [, who, key] = /^\/profile\/([^/]{1,300})\/post\/([^/]{1,60})\/?$/.exec(URL.parse(url)?.pathname ?? "") ?? [];
  if (who === undefined || key === undefined) return () => false;
  return ({ view }) => {
    const author = isJsonObject(view["author"]) ? view["author"] : {};
    const isTheirs = author["did"] === who || author["handle"] === who;
    return isTheirs && typeof author["did"] === "string" && view["uri"] === `at://${author["did"]}/${POST}/${key}`;
  };
}

function factsOf({ view, record }: Post): PostFacts {
  const author = isJsonObject(view["author"]) ? view["author"] : {};
  return definedOnly({
    author: text(author["displayName"]),
    handle: text(author["handle"]),
    postText: text(record["text"]),
    postedAt: text(record["createdAt"]),
    replyTo: parentOf(record),
    likes: number(view["likeCount"]),
    reposts: number(view["repostCount"]),
    replies: number(view["replyCount"]),
    media: picturesOf(view["embed"]),
  });
}

/** The page declares one post, and this is another. */
function isContradicted({ view }: Post, atUri: string): boolean {
  return atUri !== "" && typeof view["uri"] === "string" && view["uri"] !== atUri;
}

function postsIn(document: Json): readonly Post[] {
  const found: Post[] = [];
  const taken = new Set<Json>();
  let level: readonly Json[] = [document];
  for (let seen = 0; level.length > 0 && seen < MOST_NODES; seen += level.length) {
    for (const node of level.filter(isJsonObject)) {
      const record = isJsonObject(node["record"]) ? node["record"] : isJsonObject(node["value"]) ? node["value"] : node;
      if (record["$type"] !== POST || taken.has(record)) continue;
      taken.add(record);
      found.push({ view: record === node ? {} : node, record });
    }
    level = level.flatMap((node) => (typeof node === "object" && node !== null ? Object.values(node) : []));
  }
  return found;
}

/** Of a view with pictures, or with pictures and a quoted post: the addresses at which they are shown. */
function picturesOf(embed: Json | undefined): readonly string[] {
  if (!isJsonObject(embed)) return [];
  const { images } = isJsonObject(embed["media"]) ? embed["media"] : embed;
  return (Array.isArray(images) ? images : []).flatMap((image: Json) => {
    const address = isJsonObject(image) ? image["fullsize"] : undefined;
    return typeof address === "string" && /^https?:/.test(address) ? [address] : [];
  });
}

function parentOf(record: JsonObject): string | undefined {
  const { reply } = record;
  const parent = isJsonObject(reply) ? reply["parent"] : undefined;
  return isJsonObject(parent) ? text(parent["uri"]) : undefined;
}

function text(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}
