/** A proof that another record handed out (docs/formats/placard-file.md): taken only where it holds, its verdict noted. */
import { PlacardError } from "../../lib/error.ts";
import type { Check } from "../../verify/verdict.ts";
import { verify } from "../../verify/verify.ts";
import type { WaczOptions } from "../../verify/wacz.ts";
import { say } from "../said.ts";
import { type Claims, claimsOf } from "./received.ts";

/** Throws `malformed` where it cannot be read, `mismatch` where it does not hold, `cancelled`. */
export async function readPlacard(
  file: Blob,
  { digestBlob, webRoots, signal }: WaczOptions & { readonly signal?: AbortSignal },
): Promise<{ readonly claims: Claims; readonly checks: readonly Check[] }> {
  const { verdict, checks, exhibit } = await verify(file, {
    digestBlob,
    ...(webRoots === undefined ? {} : { webRoots }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (verdict !== "holds" || exhibit === undefined) throw doesNotHold(verdict, checks);
  const { url, title, sample } = exhibit.fields;
  if (sample === true) throw new PlacardError("unsupported", say("others_sample"));
  return {
    claims: claimsOf({ url, title, savedAt: exhibit.sealedAt, exhibit: exhibit.id, origin: exhibit.origin }),
    checks,
  };
}

function doesNotHold(verdict: string, checks: readonly Check[]): PlacardError {
  const why = checks
    .filter(({ state }) => state === "fails")
    .map((check) => `${check.name}: ${check.why}`)
    .join(" ");
  if (verdict === "unreadable") return new PlacardError("malformed", say("proof_unreadable", { why }));
  return new PlacardError("mismatch", say("proof_does_not_hold", { why }), {
    next: say("ask_another_copy"),
  });
}
