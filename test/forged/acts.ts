/** Files whose act is not the one that was sealed. */
import { ORIGIN, RECORD_KEY, seal } from "../placard-fixture.ts";
import { base64Url, type Case, changed, type Expected, HOLDS, honest, honestAct, swap } from "./case.ts";

const SALT = "A".repeat(22);
const NEST = `${"[".repeat(99)}${"]".repeat(99)}`;

const join = (...parts: readonly string[]): string => parts.map((part) => `${part}~`).join("");
const sealedBy = (name: string): string => seal(honestAct.act, "salt", { ...RECORD_KEY, name }).jwt;

export async function forgedActs(): Promise<readonly Case[]> {
  const { act } = honest;
  const other = seal({ act: "captured", url: "https://townsquare.example/p/1" }, "other");
  const [jwt = "", ...disclosures] = act.split("~").slice(0, -1);
  const adding = (json: string): string => act + join(base64Url(json));
  const saying = (json: string): string => swap(act, /\.[^.]+\./, `.${base64Url(json)}.`);
  const unread: Expected = { fails: { act: "malformed" } };
  const altered = base64Url(JSON.stringify([SALT, "url", "https://townsquare.example/p/2"]));

  const cases: Readonly<Record<string, readonly [act: string, expected: Expected]>> = {
    "fields left out": [join(jwt, ...disclosures.filter((_, i) => i !== 1)), { ...HOLDS, withheld: ["withheld"] }],
    "a field's value altered": [join(jwt, altered, ...disclosures.slice(2)), stray("mismatch")],
    "a field shown twice": [act + join(disclosures[1] as string), stray("mismatch")],
    "a field of another act": [act + join(other.disclosures[1] as string), stray("mismatch")],
    "all fields of another act": [join(jwt, ...other.disclosures), stray("mismatch")],
    "the disclosures of this act under another": [
      join(other.jwt, ...disclosures),
      { fails: { disclosures: "mismatch", ledger: "mismatch" } },
    ],
    "a field that nests too deep": [adding(`["${SALT}","deep",${NEST}]`), stray("too_large")],
    "a field that names a member twice": [adding(`["${SALT}","twice",{"a":1,"a":2}]`), stray("malformed")],
    "a field with a short salt": [adding('["AAAA","short",1]'), stray("malformed")],
    "a disclosure that is not base64url": [`${act}a+b~`, unread],
    "a disclosure in base64url that is not canonical": [act + join("AB"), stray("malformed")],
    "another signature": [swap(act, /\.[\w-]{86}~/, `.${"A".repeat(86)}~`), unsigned({})],
    "no signature": [swap(act, /\.[\w-]{86}~/, ".~"), unread],
    "no algorithm": [swap(act, /^[^.]+/, base64Url('{"alg":"none"}')), { fails: { act: "unsupported" } }],
    "another algorithm": [
      swap(act, /^[^.]+/, base64Url('{"alg":"HS256","typ":"placard-act+sd-jwt"}')),
      { fails: { act: "unsupported" } },
    ],
    "a key binding": [`${act}e30.e30.AA`, { fails: { act: "unsupported" } }],
    "a line end behind it": [`${act}\r\n`, { fails: { act: "unsupported" } }],
    "no act at all": ["", unread],
    "a payload that names a member twice": [
      saying('{"iss":"a","iss":"b","iat":1,"_sd_alg":"sha-256","_sd":[]}'),
      unread,
    ],
    "a payload that nests too deep": [saying(NEST), { fails: { act: "too_large" } }],
    "another time": [
      saying(`{"iss":"${ORIGIN}","iat":1,"_sd_alg":"sha-256","_sd":[]}`),
      unsigned({ disclosures: "mismatch" }),
    ],
    "another record's name": [
      join(sealedBy("placard/somebody-else/fedcba9876543210"), ...disclosures),
      { fails: { ledger: "mismatch", checkpoint: "mismatch" } },
    ],
  };
  return Promise.all(Object.entries(cases).map(([name, [act, expected]]) => changed(name, { act }, expected)));
}

/** Only a field is wrong: which blobs belong to the act cannot be told then, and is not. */
function stray(code: "mismatch" | "malformed" | "too_large"): Expected {
  return { fails: { disclosures: code } };
}

function unsigned(more: Expected["fails"]): Expected {
  return { fails: { signature: "mismatch", ledger: "mismatch", ...more } };
}
