/** schema.org in JSON-LD scripts. */

import type { SaidPage } from "../page/said-page.ts";
import { parsedOrNothing } from "./parse.ts";
import type { PostFacts } from "./post-facts.ts";
import { fromSchemaOrg } from "./schema-org.ts";

export function fromJsonLd(page: SaidPage, url: string): PostFacts {
  return fromSchemaOrg(
    page.jsonLd.flatMap((script) => parsedOrNothing(script)),
    { url, canonical: page.canonical },
  );
}
