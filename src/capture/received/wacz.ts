/** A WACZ of somebody else's: its list of files, hashes and signature are checked, its word about itself noted. */
import { fromUtf8 } from "../../lib/bytes.ts";
import { isPlacardError, PlacardError } from "../../lib/error.ts";
import { isJsonObject, type Json, parseJson } from "../../lib/json.ts";
import type { Check } from "../../verify/verdict.ts";
import { verifyWacz, type WaczOptions } from "../../verify/wacz.ts";
import { openZip, readMember, type Zip } from "../../verify/zip.ts";
import { say } from "../said.ts";
import { type Claims, claimsOf } from "./received.ts";

const LONGEST_MEMBER = 1 << 24;
const LIMITS = { length: LONGEST_MEMBER, depth: 16 };

/** Throws `malformed`, `too_large`, `unsupported` where it is no ZIP of a form we read; all else is for the checks to say. */
export async function readWaczFile(
  file: Blob,
  options: WaczOptions,
): Promise<{ readonly claims: Claims; readonly checks: readonly Check[] }> {
  const zip = await openZip(file);
  if (zip.find("datapackage.json") === undefined) throw noArchive(zip);
  const { checks } = await verifyWacz(file, options);
  const about = await objectIn(zip, "datapackage.json", (text) => text);
  const page = await objectIn(
    zip,
    "pages/pages.jsonl",
    (text) => text.split("\n").find((line) => /"url"\s*:/.test(line)) ?? "",
  );
  return {
    claims: claimsOf({
      url: about["mainPageUrl"] ?? page["url"],
      title: page["title"] ?? about["title"],
      savedAt: about["mainPageDate"] ?? page["ts"] ?? about["created"],
      software: about["software"],
    }),
    checks,
  };
}

function noArchive(zip: Zip): PlacardError {
  if (zip.find("act.sdjwt") !== undefined) {
    return new PlacardError("unsupported", say("placard_file"), {
      next: say("keep_as_it_is"),
    });
  }
  return new PlacardError("unsupported", say("zip_no_archive"), {
    next: say("unpack_first"),
  });
}

/** Empty where it is not there or cannot be read, of which the checks tell. */
async function objectIn(
  zip: Zip,
  name: string,
  pick: (text: string) => string,
): Promise<Readonly<Record<string, Json>>> {
  const entry = zip.find(name);
  if (entry === undefined) return {};
  try {
    const value = parseJson(pick(fromUtf8(await readMember(entry, LONGEST_MEMBER), name)), name, LIMITS);
    return isJsonObject(value) ? value : {};
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    return {};
  }
}
