/** What must not be in anything that is handed out, and where it was come by. */

/** A value that lets somebody in ("credential"), or tells who was signed in ("name"). */
export interface Secret {
  readonly kind: "credential" | "name";
  readonly value: string;
}

/** What stands in a removed value's place: fit for a URL, a header, JSON, HTML and a script alike. */
export const MARKER = "removed-by-Placard";

/** In the fact `session`: there was no name to look for. */
export const HIDES_NO_NAME = "hides no name";

const LONGEST = 1 << 16;
const TOKEN_NAME =
  /token|csrf|xsrf|secret|session|sess(?:_?id|_?key)?$|(?:^|[._-])sid$|jwt|api[_-]?key|passw|credential|bearer|auth(?!or)|nonce|signature|(?:^|[._-])(?:sig|key|otp)$/i;
const USER_NAME = /user|login|account|e-?mail|handle|screen_?name|display_?name|(?:^|_)(?:uid|me|id)$/i;
/** Words, languages, time zones, versions of words: said by too many pages to tell anything. */
const PLAIN_WORDS = /^[a-z]+(?:[ ,;:_./-]+[a-z]+)*$/i;
const DATE = /^\d{4}-\d\d-\d\d/;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const OPAQUE = /^[\w+/=.~%-]{20,}$/;
export const JWT = /(?<![\w-])eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g;

export function namesToken(name: string): boolean {
  return TOKEN_NAME.test(name);
}

/** Whether a cookie's value is looked for elsewhere too; its header is removed in any case. `hidden`: scripts cannot read it. */
export function isTellingCookie(name: string, value: string, hidden: boolean): boolean {
  if (!isLongEnough(value, hidden || TOKEN_NAME.test(name) ? 4 : 8)) return false;
  if (/^\d+$/.test(value)) return hidden || TOKEN_NAME.test(name) || USER_NAME.test(name) || value.length >= 12;
  if (PLAIN_WORDS.test(value))
    return value.length >= (hidden || TOKEN_NAME.test(name) ? 10 : 20) || USER_NAME.test(name);
  return !DATE.test(value) && !/^(?:https?:|\/)/.test(value);
}

/** Whether a value under this name, in a page's storage, in JSON or in an address, lets somebody in. */
export function isTellingToken(name: string, value: string): boolean {
  // What a template will put in is not there yet.
  if (!isLongEnough(value, 10) || /\$\{|\{\{/.test(value)) return false;
  if (TOKEN_NAME.test(name)) {
    return !/\s/.test(value) && !/^https?:/.test(value) && (!PLAIN_WORDS.test(value) || value.length >= 20);
  }
  return OPAQUE.test(value) && /\d/.test(value) && /[a-z]/i.test(value) && !UUID.test(value) && !value.includes(".");
}

function isLongEnough(value: string, least: number): boolean {
  return value.length >= least && value.length <= LONGEST;
}
