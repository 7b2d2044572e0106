/** schema.org in the attributes of the page's own elements. */

import type { SaidPage } from "../page/said-page.ts";
import type { PostFacts } from "./post-facts.ts";
import { fromSchemaOrg } from "./schema-org.ts";

export function fromMicrodata(page: SaidPage, url: string): PostFacts {
  return fromSchemaOrg(page.microdata, { url, canonical: page.canonical });
}
