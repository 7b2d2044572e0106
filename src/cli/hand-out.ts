import { counted, openRecord } from "../app/record.ts";
import { HOUSE_LANGUAGES } from "../app/setting-up.ts";
import { PlacardError } from "../lib/error.ts";
import { EXIT, type Output } from "./output.ts";

const SIZES = ["A4", "A3", "A2", "A1"] as const;

export interface ExportArguments {
  readonly output: string;
  readonly withhold?: string[];
  readonly show?: string[];
  readonly redacted?: boolean;
}

export async function exportOne(
  folder: string,
  id: string,
  file: string,
  { withhold = [], show = [], redacted = false }: ExportArguments,
  output: Output,
): Promise<number> {
  if (redacted && (withhold.length > 0 || show.length > 0))
    throw new PlacardError(
      "usage",
      "What of a redacted exhibit is shown, placard redact says: not --withhold, not --show.",
    );
  await using record = await openRecord(folder);
  const made = redacted ? await record.exportRedacted(id, file) : await record.export(id, file, withhold, show);
  const held =
    made.heldBack.length === 0
      ? ""
      : `\nHeld back: ${made.heldBack.join(", ")}. They may hold cookies, tokens or the name of who was signed in; --show FIELD hands one out all the same.`;
  output.result(
    { verb: "export", ...made },
    `Wrote ${made.file} (${counted(made.bytes, "byte")}), the proof of ${made.id}.\n${made.words.join(" · ")}${held}`,
  );
  if (made.hidesNoName) {
    output.say(
      "It was captured under a session for which no name was given: where the page showed who was signed in, its words and archive in this file do so too. Look, before you hand it out.",
    );
  }
  if (show.includes("archive")) {
    output.say(
      "This file holds the sealed original: every cookie, token and address that crossed the wire. Hand it to nobody you would not lend your sign-in.",
    );
  }
  return EXIT.holds;
}

export async function print(
  folder: string,
  ids: readonly string[],
  given: {
    readonly output: string;
    readonly size: string;
    readonly headline?: string;
    readonly language: string;
    readonly picture?: boolean;
  },
  output: Output,
): Promise<number> {
  const size = SIZES.find((known) => known === given.size.toUpperCase());
  if (size === undefined)
    throw new PlacardError("usage", `${given.size} is no size we print; take one of ${SIZES.join(", ")}.`);
  const language = houseLanguage(given.language, "placards speak");
  await using record = await openRecord(folder);
  output.progress(`printing ${ids.length === 1 ? "one placard" : `${ids.length} placards`} on ${size}`);
  const made = await record.print(ids, given.output, {
    size,
    language,
    ...(given.headline === undefined ? {} : { headline: given.headline }),
    ...(given.picture ? { picture: true } : {}),
  });
  output.result({ verb: "print", ...made }, `Wrote ${made.file}: ${made.pages} × ${made.size}.`);
  for (const { id: printed, quotation } of made.placards) {
    if (quotation === "shortened")
      output.say(`The quotation of ${printed} was too long, and is shortened; the placard says so.`);
    if (quotation === "none")
      output.say(`Nothing of ${printed} is quoted: no words that the page showed could be told to be the post's.`);
  }
  if (given.picture) {
    output.say(
      "The pictures show names and faces as they were. Look at each sheet, and cover those of private people.",
    );
  }
  if (!made.codeLeads) {
    output.say("The codes hold the ids only. With your web site in config.json (docs/settings.md) they lead to it.");
  }
  return EXIT.holds;
}

/** Throws `usage`. `whose`: as in "no language that placards speak". */
export function houseLanguage(given: string, whose: string): (typeof HOUSE_LANGUAGES)[number] {
  const language = HOUSE_LANGUAGES.find((known) => known === given.toLowerCase());
  if (language !== undefined) return language;
  const known = HOUSE_LANGUAGES.join(", ");
  throw new PlacardError("usage", `${given} is no language that ${whose}; take one of ${known}.`);
}
