/**
 * What pages say to programs (schema.org): that this is a part of an archive, what it is made from, and what was put right.
 * A rating of somebody's claim it is not, and nothing of what was posted stands in it.
 */
import type { Json } from "../../lib/json.ts";
import { zonedTime } from "../../verify/wording.ts";
import { caseFolder, exhibitFolder, proofPath } from "./addresses.ts";
import type { Correction, WithdrawnEntry } from "./content.ts";
import { type Exhibit, titleOf } from "./exhibit.ts";
import { absolute, type Frame } from "./page.ts";
import { fillPlainly, plainTime, type SiteSpeech } from "./words.ts";

const CONTEXT = "https://schema.org";

export function exhibitData(frame: Frame, speech: SiteSpeech, { entry, within }: Exhibit): Json {
  const { id, corrections, platform, postedAt } = entry;
  return {
    "@context": CONTEXT,
    "@type": "ArchiveComponent",
    "@id": absolute(frame, exhibitFolder(id)),
    url: absolute(frame, speech.folder + exhibitFolder(id)),
    identifier: id,
    name: titleOf(entry, speech),
    inLanguage: speech.tag,
    dateCreated: entry.recordedAt,
    datePublished: entry.publishedAt,
    publisher: publisher(frame),
    ...(corrections.length === 0 ? {} : { dateModified: lastOf(corrections), correction: corrections.map(comment) }),
    ...(within === undefined
      ? {}
      : {
          isPartOf: {
            "@type": "ArchiveComponent",
            "@id": absolute(frame, caseFolder(within.key)),
            name: within.name,
          },
        }),
    isBasedOn: {
      "@type": "SocialMediaPosting",
      ...(postedAt === undefined || zonedTime(postedAt) === undefined ? {} : { datePublished: postedAt }),
      ...(platform === undefined ? {} : { publisher: { "@type": "Organization", name: platform } }),
    },
    encoding: {
      "@type": "MediaObject",
      contentUrl: absolute(frame, proofPath(id)),
      encodingFormat: "application/zip",
    },
  };
}

export function withdrawnData(frame: Frame, speech: SiteSpeech, { id, withdrawn }: WithdrawnEntry): Json {
  const words = speech.site.withdrawn;
  return {
    "@context": CONTEXT,
    "@type": "ArchiveComponent",
    "@id": absolute(frame, exhibitFolder(id)),
    url: absolute(frame, speech.folder + exhibitFolder(id)),
    identifier: id,
    name: words.title,
    inLanguage: speech.tag,
    creativeWorkStatus: "Withdrawn",
    publisher: publisher(frame),
    correction: {
      "@type": "CorrectionComment",
      datePublished: withdrawn.at,
      text: `${fillPlainly(words.at, { time: plainTime(withdrawn.at, speech) })} ${fillPlainly(words.why, { why: words.because[withdrawn.because] })}`,
    },
  };
}

export function siteData(frame: Frame): Json {
  return { "@context": CONTEXT, "@type": "WebSite", url: absolute(frame, ""), publisher: publisher(frame) };
}

function publisher({ identity }: Frame): Json {
  return { "@type": ["Organization", "ArchiveOrganization"], name: identity.name };
}

function comment({ at, what, why }: Correction): Json {
  return { "@type": "CorrectionComment", datePublished: at, text: `${what} ${why}` };
}

/** By time, whatever zones they are told in. */
function lastOf(corrections: readonly Correction[]): string {
  return corrections.reduce(
    (last, { at }) => (Date.parse(at) > Date.parse(last) ? at : last),
    corrections[0]?.at ?? "",
  );
}
