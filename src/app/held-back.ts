/** What of an exhibit is not handed out unless somebody asks for it by name (docs/formats/shared.md). */
import { isJsonObject, type Json } from "../lib/json.ts";

type Fields = Readonly<Record<string, Json>>;

/**
 * Never handed out: with the seed, withheld tiles of a redacted picture could be guessed; the parts tell the original's
 * records; an agenda's key, who of a group did it, by which receipt it came, and where on the page people are shown,
 * is nobody's business.
 */
const NEVER_SHOWN = ["tileSeed", "sharedParts", "agendaItem", "actor", "sentIn", "privatePlaces"] as const;
/** Of a session's capture, the blobs that were made to be shared. */
const SHAREABLE = new Set(["sharedArchive", "sharedText"]);

export function neverShown(fields: Readonly<Record<string, unknown>>): readonly string[] {
  return NEVER_SHOWN.filter((name) => name in fields);
}

/**
 * The sealed original where there is a shared archive; every fact in which something was found that must not be shared. Of a
 * session's capture also every picture and file that was not made to be shared: nobody can search a picture for a face.
 */
export function heldBack(fields: Fields): readonly string[] {
  const isSession = "session" in fields;
  const names = new Set(isJsonObject(fields["shared"]) ? Object.keys(fields["shared"]) : []);
  if (isSession || "sharedArchive" in fields) names.add("archive");
  if ("sharedText" in fields) names.add("visibleText");
  if (isSession) {
    // What a recapture found changed is told in the words of two captures, which nobody has searched.
    names.add("changes");
    names.add("comparison");
    for (const name of Object.keys(fields))
      if (pointsAtBlob(fields[name]) && !isShareable(name, fields)) names.add(name);
  }
  return [...names].filter((name) => name in fields);
}

function isShareable(name: string, fields: Fields): boolean {
  return SHAREABLE.has(name) || (name === "visibleText" && !("sharedText" in fields));
}

/** Also several of them in one field. */
export function pointsAtBlob(value: Json | undefined): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).some(pointsAtBlob);
  if (!isJsonObject(value)) return false;
  return typeof value["sha256"] === "string" || Object.values(value).some(pointsAtBlob);
}

/** The facts as they may be shown to anybody: where one has a form made for sharing, that. */
export function shareableFacts(fields: Fields): Fields {
  return isJsonObject(fields["shared"]) ? { ...fields, ...fields["shared"] } : fields;
}
