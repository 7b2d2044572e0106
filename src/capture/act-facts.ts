/** The fields of the `captured` act that the capture itself knows. */
import type { JsonObject } from "../lib/json.ts";
import { boundedChain } from "./archive/certificates.ts";
import type { PageWithBytes } from "./byte-record.ts";
import { readFacts } from "./facts/facts.ts";
import type { TlsSession } from "./netlog/exchange.ts";
import { soundPlaces } from "./page/private-places.ts";
import type { OtherForm } from "./post/read-forms.ts";

const MOST_DISCREPANCIES = 20;
const LONGEST_DISCREPANCY = 500;

interface Besides {
  readonly software: { readonly name: string; readonly version: string };
  readonly forms: readonly OtherForm[];
}

/** `asked` is the link as it was given. */
export function actFacts(
  asked: string,
  { page, log, main, byteRecord }: PageWithBytes,
  { software, forms }: Besides,
): JsonObject {
  const places = soundPlaces(page.data.places);
  const truncated = log.exchanges.filter((exchange) => exchange.truncated).length;
  const discrepancies = log.discrepancies
    .slice(0, MOST_DISCREPANCIES)
    .map((text) => text.slice(0, LONGEST_DISCREPANCY));
  return {
    url: asked,
    finalUrl: page.finalUrl,
    redirects: [...page.redirects],
    status: page.status,
    ...(main.server === undefined ? {} : { server: { ...main.server, protocol: main.protocol } }),
    ...(main.tls === undefined ? {} : { tls: boundedTls(main.tls) }),
    capturedAt: new Date(page.capturedAt).toISOString(),
    browser: { ...page.browser },
    software: { ...software },
    byteRecord,
    requests: { recorded: log.exchanges.length, truncated, complete: log.complete },
    ...(page.steps.length === 0 ? {} : { steps: page.steps.map((step) => ({ ...step })) }),
    ...(page.scrolled === undefined ? {} : { scrolled: { ...page.scrolled } }),
    ...(page.atRest ? {} : { atRest: false }),
    ...(discrepancies.length === 0 ? {} : { discrepancies }),
    ...(page.screenshotCut ? { screenshotCut: true } : {}),
    ...(places === undefined ? {} : { privatePlaces: places as JsonObject }),
    ...(page.data.textCut ? { visibleTextCut: true } : {}),
    ...readFacts({ ...page.data, forms }, page.finalUrl),
  };
}

function boundedTls(tls: TlsSession): JsonObject {
  return { version: tls.version, cipher: tls.cipher, chain: boundedChain(tls) };
}
