/** AT Protocol post records (lexicon app.bsky.feed.post), and views of them, that a page carries in JSON scripts. */
import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import type { SaidPage } from "../said-page.ts";
import { parsedOrNothing } from "./parse.ts";
import { definedOnly, type PostFacts } from "./post-facts.ts";

const POST = "app.bsky.feed.post";
const MOST_NODES = 2000;

/** A view names record, address and counts; a bare record nothing but itself. */
interface Post {
  readonly view: JsonObject;
  readonly record: JsonObject;
}

export function fromAtProtocol(page: SaidPage): PostFacts {
  const posts = page.atRecords.flatMap(parsedOrNothing).flatMap(postsIn);
  const named = posts.filter(({ view }) => page.atUri !== "" && view["uri"] === page.atUri);
  const [post] = named.length === 0 && posts.length === 1 ? posts : named;
  if (post === undefined || isContradicted(post, page.atUri)) return {};
  const { view, record } = post;
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
