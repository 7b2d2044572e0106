/** A record's key and acts for tests; all content is invented. */
import { generateKeyPairSync, sign } from "node:crypto";
import fc from "fast-check";
import { fromBase64Url } from "../src/lib/bytes.ts";
import type { Json } from "../src/lib/json.ts";
import type { Act, SealedAct } from "../src/record/act.ts";
import { sealAct } from "../src/record/sd-jwt.ts";

const pair = generateKeyPairSync("ed25519");

export const issuer = "placard/hollow-lane-residents/0123456789abcdef";
export const publicKey = fromBase64Url(pair.publicKey.export({ format: "jwk" }).x as string);
export const signBytes = (message: Uint8Array): Uint8Array => new Uint8Array(sign(null, message, pair.privateKey));
/** 2026-01-01T00:00:00Z. */
export const sealedAt = 1_767_225_600_000;

export const capturedAct = {
  act: "captured",
  url: "https://townsquare.example/board/7",
  status: 200,
  title: "Notice board of Hollow Lane",
  redirects: [],
  archive: { sha256: "00".repeat(32), bytes: 12, mediaType: "application/wacz" },
} satisfies Act;

export function seal(act: Act = capturedAct, time = sealedAt): SealedAct {
  return sealAct(act, { issuer, time, sign: signBytes });
}

const fieldName = fc
  .stringMatching(/^[a-z][A-Za-z0-9_]{0,12}$/)
  .filter((name) => !["iss", "iat", "sub", "aud", "exp", "nbf", "jti", "cnf"].includes(name));

const RESERVED = new Set(["_sd", "_sd_alg", "...", "__proto__"]);
/** Any value that a field can have. */
export const fieldValue = fc
  .jsonValue({ maxDepth: 4 })
  .filter((json) => !hasReservedKey(json) && !hasWideNumber(json))
  // −0 is written as 0 in JSON.
  .map((json) => JSON.parse(JSON.stringify(json)) as Json);

/** One past which whole numbers are no longer read alike by everybody. */
function hasWideNumber(json: unknown): boolean {
  if (typeof json === "number") return Math.abs(json) > Number.MAX_SAFE_INTEGER;
  return typeof json === "object" && json !== null && Object.values(json).some(hasWideNumber);
}

function hasReservedKey(json: unknown): boolean {
  if (typeof json !== "object" || json === null) return false;
  return Object.entries(json).some(([key, item]) => RESERVED.has(key) || hasReservedKey(item));
}

export const anyAct: fc.Arbitrary<Act> = fc
  .dictionary(fieldName, fieldValue, { maxKeys: 30, noNullPrototype: true })
  .map((fields) => Object.assign(fields, { act: "captured" }));
