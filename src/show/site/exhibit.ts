/** An exhibit as its pages and their data tell it. */
import type { ExhibitDetail, PublishedEntry, SiteCase } from "./content.ts";
import { fillPlainly, plainTime, type SiteSpeech } from "./words.ts";

export interface Exhibit {
  readonly entry: PublishedEntry;
  readonly detail: ExhibitDetail;
  readonly within?: SiteCase | undefined;
}

/** In our own words: nothing that was posted stands in a title. */
export function titleOf(entry: PublishedEntry, speech: SiteSpeech): string {
  const { exhibit } = speech.site;
  const time = plainTime(entry.recordedAt, speech);
  return entry.platform === undefined
    ? fillPlainly(exhibit.untitled, { time })
    : fillPlainly(exhibit.title, { platform: entry.platform, time });
}
