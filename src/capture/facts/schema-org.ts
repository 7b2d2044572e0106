/** The vocabulary of schema.org, as JSON-LD scripts and microdata both write it. */
import { isJsonObject, type Json, type JsonObject } from "../../lib/json.ts";
import { pickAbout } from "./about.ts";
import { definedOnly, type PostFacts } from "./post-facts.ts";

const POST_TYPES = new Set([
  "SocialMediaPosting",
  "DiscussionForumPosting",
  "BlogPosting",
  "LiveBlogPosting",
  "Comment",
  "Article",
  "NewsArticle",
  "Question",
  "Answer",
  "Message",
  "VideoObject",
  "ImageObject",
  "Photograph",
]);
/** What a picture or video is told of: rather the post around it than the picture itself. */
const MEDIA_TYPES = new Set(["VideoObject", "ImageObject", "Photograph"]);
const MOST_NODES = 2000;

type Count = "likes" | "reposts" | "replies" | "views";
const COUNTS: Readonly<Record<string, Count>> = {
  LikeAction: "likes",
  ShareAction: "reposts",
  CommentAction: "replies",
  ReplyAction: "replies",
  WatchAction: "views",
  ViewAction: "views",
};

/** The facts of the post that `page` is about, of all that `documents` tell of. */
export function fromSchemaOrg(
  documents: readonly Json[],
  page: { readonly url: string; readonly canonical: string },
): PostFacts {
  const posts = documents.flatMap(nodes).filter((node) => typesOf(node).some((type) => POST_TYPES.has(type)));
  const post = choose(posts, page);
  if (post === undefined) return {};
  const author = first(post["author"] ?? post["creator"]);
  const postedAt = text(post["datePublished"]) ?? text(post["dateCreated"]) ?? text(post["uploadDate"]);
  const changedAt = text(post["dateModified"]);
  return definedOnly({
    author: nameOf(author),
    handle: isJsonObject(author) ? text(author["alternateName"]) : undefined,
    postText: text(post["text"]) ?? text(post["articleBody"]) ?? text(post["description"]),
    postedAt,
    editedAt: changedAt === postedAt ? undefined : changedAt,
    replyTo: addressOf(first(post["parentItem"])),
    ...countsOf(post),
    platform: nameOf(first(post["publisher"])),
    media: [post["image"], post["video"], post["associatedMedia"], post["sharedContent"]].flatMap(mediaAddresses),
    title: text(post["headline"]) ?? text(post["name"]),
  });
}

/** A post that stands within another (a comment, a quotation) is not the page's own unless it bears its address. */
function choose(
  posts: readonly JsonObject[],
  page: { readonly url: string; readonly canonical: string },
): JsonObject | undefined {
  const inner = new Set(posts.flatMap((post) => Object.values(post).flatMap(nodes)));
  const outer = posts.filter((post) => !inner.has(post));
  const words = outer.filter((post) => !typesOf(post).some((type) => MEDIA_TYPES.has(type)));
  return (
    pickAbout(posts, addressesOf, page) ?? pickAbout(outer, addressesOf, page) ?? pickAbout(words, addressesOf, page)
  );
}

/** All objects of a document, the outer ones first. */
function nodes(value: Json): readonly JsonObject[] {
  const found: JsonObject[] = [];
  let level: readonly Json[] = [value];
  while (level.length > 0 && found.length < MOST_NODES) {
    const objects = level.filter(isJsonObject).slice(0, MOST_NODES - found.length);
    found.push(...objects);
    level = [...level.filter(isArray), ...objects.map((object) => Object.values(object))].flat().filter(isNested);
  }
  return found;
}

function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isNested(value: Json): boolean {
  return typeof value === "object" && value !== null;
}

function typesOf(node: JsonObject): readonly string[] {
  return [node["@type"] ?? null]
    .flat()
    .flatMap((type) => (typeof type === "string" ? [type.replace(/^https?:\/\/schema\.org\//, "")] : []));
}

function addressesOf(node: JsonObject): readonly unknown[] {
  return [node["url"], node["@id"], node["mainEntityOfPage"]].map((value) =>
    isJsonObject(value) ? value["@id"] : first(value),
  );
}

function addressOf(value: Json | undefined): string | undefined {
  return isJsonObject(value) ? (text(value["url"]) ?? text(value["@id"])) : text(value);
}

function first(value: Json | undefined): Json | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function nameOf(value: Json | undefined): string | undefined {
  return isJsonObject(value) ? text(value["name"]) : text(value);
}

function text(value: Json | undefined): string | undefined {
  const one = first(value);
  return typeof one === "string" && one.trim() !== "" ? one : undefined;
}

function countsOf(post: JsonObject): Partial<Record<Count, number>> {
  const counts: Partial<Record<Count, number>> = {};
  const put = (name: Count | undefined, value: Json | undefined): void => {
    const count = wholeNumber(value);
    if (name !== undefined && count !== undefined) counts[name] ??= count;
  };
  for (const counter of [post["interactionStatistic"] ?? null].flat().filter(isJsonObject)) {
    const [action = ""] = isJsonObject(counter["interactionType"])
      ? typesOf(counter["interactionType"])
      : typesOf({ "@type": counter["interactionType"] ?? null });
    put(COUNTS[action], first(counter["userInteractionCount"]));
  }
  put("replies", first(post["commentCount"]));
  put("likes", first(post["upvoteCount"]));
  return counts;
}

function wholeNumber(value: Json | undefined): number | undefined {
  const number = typeof value === "string" && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof number === "number" ? number : undefined;
}

function mediaAddresses(value: Json | undefined): readonly string[] {
  return [value ?? null].flat().flatMap((one) => {
    const address = isJsonObject(one) ? (first(one["contentUrl"]) ?? first(one["url"])) : one;
    return typeof address === "string" && /^https?:/.test(address) ? [address] : [];
  });
}
