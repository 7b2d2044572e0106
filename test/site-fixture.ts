/** The content of an invented site of as many exhibits as are asked for, the same in every run. */
import { encodePng } from "../src/capture/picture/png-writer.ts";
import { utf8 } from "../src/lib/bytes.ts";
import { sha256 } from "../src/lib/sha256.ts";
import { checkWords, exhibitId } from "../src/record/exhibit-id.ts";
import type { ExhibitEntry, PublishedEntry, SiteContent, SiteQuestion } from "../src/show/site/content.ts";

export const VKEY = "hollow-lane.example+2b1a90cc+AWq3Lr0UxkWfGoVbHn3yN0mQdUQdlwIyS4oJ7gqzE0aB";
/** Nothing of these is public: they stand where content keeps what it withholds. */
export const PRIVATE_NAMES = ["Barnaby Quillfeather", "@quillfeather_b", "14 Tansy Row"] as const;

const leaf = (n: number): Uint8Array => sha256(utf8(`invented exhibit ${n}`));
export const idOf = (n: number): string => exhibitId(leaf(n));
/** An hour apart, from March 2026. */
export const timeOf = (n: number): string => new Date(Date.UTC(2026, 2, 1, n)).toISOString().replace(".000", "");

const PLATFORMS = ["Townsquare", "Lamplight", "The Noticeboard"];

export interface InventedSite {
  readonly exhibits: number;
  readonly cases?: number;
  readonly questions?: readonly SiteQuestion[];
  /** By its number, in the place of what it would be. */
  readonly changed?: ReadonlyMap<number, Partial<PublishedEntry> | Pick<ExhibitEntry & object, "withdrawn">>;
  /** A picture of the same pixels for all, where one is large enough. */
  readonly picture?: Uint8Array;
  readonly onLoad?: (id: string) => void;
}

export async function inventedPicture(side = 64): Promise<Uint8Array> {
  const rgb = new Uint8Array(3 * side * side).map((_, i) => (i * 7) & 255);
  return encodePng({ width: side, height: side, rgb });
}

export function inventedSite(options: InventedSite): SiteContent {
  const { exhibits, cases = 3, questions = [] } = options;
  return {
    identity: { name: "Hollow Lane Residents", address: "https://hollow-lane.example/record", vkey: VKEY },
    cases: Array.from({ length: cases }, (_, i) => ({
      key: `case-${i + 1}-lane`,
      name: `Case ${i + 1}: lanterns & lamps`,
      about: "What was said about the lanterns of Hollow Lane.",
    })),
    exhibits: () => entries(options, exhibits, cases),
    questions,
    method: ["We are neighbours, and keep what is said about our lane."],
    corrections: [],
  };
}

async function* entries(options: InventedSite, count: number, cases: number): AsyncGenerator<ExhibitEntry> {
  for (let n = 0; n < count; n++) {
    const change = options.changed?.get(n);
    if (change?.withdrawn !== undefined) yield { id: idOf(n), withdrawn: change.withdrawn };
    else yield { ...entry(n, cases, options), ...(change as Partial<PublishedEntry> | undefined) };
  }
}

function entry(n: number, cases: number, { picture, onLoad }: InventedSite): PublishedEntry {
  const id = idOf(n);
  const platform = PLATFORMS[n % PLATFORMS.length];
  return {
    id,
    ...(cases === 0 ? {} : { caseKey: `case-${(n % cases) + 1}-lane` }),
    ...(n % 7 === 6 ? {} : { platform }),
    ...(n % 5 === 4 ? {} : { postedAt: timeOf(n).replace("Z", "+01:00") }),
    recordedAt: timeOf(n + 2),
    publishedAt: timeOf(n + 48),
    corrections: n % 11 === 3 ? [{ at: timeOf(n + 72), what: `The day of post ${n} was wrong.`, why: "A slip." }] : [],
    version: `version ${n}`,
    load: async () => {
      onLoad?.(id);
      return {
        words: checkWords(leaf(n)),
        quotation: [
          { text: `Post ${n}: whoever likes the lanterns should ` },
          { mask: 6 },
          { text: ", says “the lane”." },
        ],
        publicInterest: `Post ${n} was read by many, and answers what was said at the meeting.`,
        ...(n % 2 === 0 ? { witnessed: { names: ["lamplighter.example"], before: timeOf(n + 3) } } : {}),
        ...(n % 3 === 0 ? { assessed: "as a threat (clause 4b) by 3 of 3 people, blind to one another." } : {}),
        ...(picture === undefined ? {} : { picture }),
        proof: utf8(`the proof of ${id}, which is not checked here`),
      };
    },
  };
}

export const QUESTION: SiteQuestion = {
  key: "lanterns-2026",
  title: "Will the council keep the lanterns?",
  askedOf: "Cllr Odalys Brackenridge, Hollow Lane Council",
  askedAt: timeOf(100),
  by: timeOf(500),
  status: {
    en: "No reply received by 21 March 2026 (asked 2 times, delivery confirmed).",
    he: "עד 21 במרץ 2026 לא התקבלה תשובה (נשאל פעמיים, המסירה אושרה).",
  },
  text: ["Twelve posts speak of breaking the lanterns.", "Will the council keep them lit?"],
  exhibits: [idOf(0), idOf(1)],
  thread: [
    { at: timeOf(100), what: { en: "Sent by e-mail", he: "נשלח בדואר אלקטרוני" } },
    { at: timeOf(101), what: { en: "Delivered", he: "נמסר" } },
    {
      at: timeOf(520),
      what: { en: "Reply from the office", he: "תשובה מהלשכה" },
      text: ["We have read this.", "The lanterns stay."],
    },
  ],
};
