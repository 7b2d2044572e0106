/** "withheld": which fields the file does not show, as far as anyone can know. */
import { isJsonObject } from "../lib/json.ts";
import { listInWords, type Told, type Within } from "../lib/told.ts";
import { type Fields, saysNothingSeen } from "./blob-checks.ts";
import { absent, withheld } from "./check.ts";
import { say } from "./said.ts";
import type { Check } from "./verdict.ts";

/** Sealed with every act of its kind, so that one not shown was withheld. Blobs have checks of their own. */
export const ALWAYS_CAPTURED = [
  "url",
  "finalUrl",
  "redirects",
  "capturedAt",
  "capturedBy",
  "browser",
  "software",
  "byteRecord",
  "archiveKey",
] as const;
/**
 * Sealed where the page or the user gave them, or where something is to be said of the capture. Complete, since what is
 * not named here could be left out without a word; test/e2e/cli.test.ts holds a capture's fields against it.
 */
export const SOMETIMES_CAPTURED = [
  "status",
  "server",
  "tls",
  "case",
  "note",
  "requests",
  "discrepancies",
  "steps",
  "scrolled",
  "atRest",
  "screenshotTiles",
  "screenshotCut",
  "visibleTextCut",
  "postElement",
  "postPicture",
  "title",
  "author",
  "handle",
  "postText",
  "postTextVisible",
  "postedAt",
  "editedAt",
  "timesWithoutZone",
  "edited",
  "replyTo",
  "likes",
  "reposts",
  "replies",
  "views",
  "platform",
  "media",
  "mediaFiles",
  "mediaMissing",
  "activityLink",
  "oembedLink",
  "atUri",
  "factSources",
  "factAddresses",
  "factConflicts",
  "removed",
  "session",
  "shared",
  "sharedArchive",
  "sharedText",
] as const;

/** No capture keeps more media as files of their own. */
const MOST_MEDIA = 12;

interface Kind {
  readonly name: Within;
  readonly always: readonly string[];
  readonly sometimes: readonly string[];
}

const KINDS: ReadonlyMap<unknown, Kind> = new Map([
  ["captured", { name: say("kind_capture"), always: ALWAYS_CAPTURED, sometimes: SOMETIMES_CAPTURED }],
  [
    "received",
    {
      name: say("kind_receipt"),
      always: "receivedFrom receivedBy receivedAt fileName kind claims ownChecks software".split(" "),
      sometimes: ["case", "note", "picture"],
    },
  ],
]);

/** Whatever comes of it. */
const ALWAYS_RECAPTURED = ["recaptureOf", "result", "url", "capturedBy", "software"] as const;
const RECAPTURE: Kind = {
  name: say("kind_recapture"),
  always: [...new Set([...ALWAYS_CAPTURED, ...ALWAYS_RECAPTURED])],
  sometimes: [...SOMETIMES_CAPTURED, "changes", "comparison", "revisits", "earlierArchive", "dueAt"],
};
const NOTHING_SEEN: Kind = {
  name: say("kind_found_nothing"),
  always: [...ALWAYS_RECAPTURED, "cause", "reason", "attemptedAt", "attempts"],
  sometimes: ["status", "case", "dueAt"],
};

function kindOf(fields: Fields): Kind | undefined {
  const { act, result } = fields;
  if (act !== "recaptured") return KINDS.get(act);
  if (saysNothingSeen(fields)) return NOTHING_SEEN;
  return result === undefined ? { ...RECAPTURE, always: ALWAYS_RECAPTURED } : RECAPTURE;
}

/**
 * A closed digest may be a field or a blank, and does not tell which. So only what an act of its kind must have can be
 * called withheld, what the shown `factSources` names, and of the post's media as many as `mediaFiles` counts.
 */
export function checkWithheld(fields: Fields): Check {
  const { act, factSources } = fields;
  if (act === undefined) return withheld("withheld", say("kind_withheld"));
  const kind = kindOf(fields);
  if (kind === undefined) return absent("withheld", say("kind_unknown"));
  const named = isJsonObject(factSources) ? Object.keys(factSources) : [];
  const surely = [
    ...kind.always,
    ...kind.sometimes.filter((name) => named.includes(name)),
    ...(act === "captured" || act === "recaptured" ? mediaFields(fields) : []),
  ].filter((name) => !(name in fields));
  const perhaps = kind.sometimes.filter((name) => !(name in fields) && !named.includes(name));
  return surely.length === 0
    ? absent("withheld", allShown(kind.name, perhaps))
    : withheld("withheld", someWithheld(surely, perhaps));
}

function allShown(kind: Within, perhaps: readonly string[]): Told {
  if (perhaps.length === 0) return say("all_fields_shown", { kind });
  return say("all_fields_shown_maybe", { kind, perhaps: perhaps.join(", ") }, { perhaps: listInWords(perhaps) });
}

function someWithheld(surely: readonly string[], perhaps: readonly string[]): Told {
  const values = { surely: surely.join(", "), perhaps: perhaps.join(", ") };
  const inEnglish = { surely: listInWords(surely), perhaps: listInWords(perhaps) };
  return perhaps.length === 0
    ? say("fields_withheld", { surely: values.surely }, { surely: inEnglish.surely })
    : say("fields_withheld_maybe", values, inEnglish);
}

function mediaFields({ mediaFiles }: Fields): readonly string[] {
  const count = Number.isSafeInteger(mediaFiles) ? Math.max(0, Math.min(Number(mediaFiles), MOST_MEDIA)) : 0;
  return Array.from({ length: count }, (_, i) => [`media${i + 1}`, `media${i + 1}About`]).flat();
}
