/** schema.org in JSON-LD scripts. */
import { parsedOrNothing } from "./parse.ts";
import type { PostFacts, SaidPage } from "./post-facts.ts";
import { fromSchemaOrg } from "./schema-org.ts";

export function fromJsonLd(page: SaidPage, url: string): PostFacts {
  return fromSchemaOrg(page.jsonLd.flatMap(parsedOrNothing), { url, canonical: page.canonical });
}
