/** Links and handles in a text that a machine has read out of a picture. A stranger's words: nothing but what may be captured is let through. */
import { parseLink, refusePrivate } from "../gate/link.ts";

export interface FoundHandle {
  readonly handle: string;
  /** Where an account of this name may be: on which of them it is, the picture does not say. */
  readonly places: readonly { readonly name: string; readonly url: string }[];
}

export interface FoundLinks {
  readonly links: readonly string[];
  readonly handles: readonly FoundHandle[];
}

/** Of each kind, in one picture. */
const MOST = 12;
const LONGEST_LINK = 500;
/** With its scheme; or a host with a path, as screens show it, for a host alone is a word with a point in it. */
const LINK = /https?:\/\/[^\s<>"'`|]+|(?<![\w@.\-/])(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24}\/[^\s<>"'`|]+/giu;
const HANDLE = /(?<![\w@./])@[a-z0-9_](?:[a-z0-9_.-]{0,62}[a-z0-9_])?(?:@(?:[a-z0-9-]{1,63}\.){1,4}[a-z]{2,24})?/giu;

export function linksRead(text: string): FoundLinks {
  const links = [...text.matchAll(LINK)].flatMap(([found]) => linkOf(found) ?? []);
  const handles = [...text.matchAll(HANDLE)].map(([found]) => found);
  return {
    links: [...new Set(links)].slice(0, MOST),
    handles: [...new Set(handles)].slice(0, MOST).map((handle) => ({ handle, places: placesOf(handle.slice(1)) })),
  };
}

function linkOf(found: string): string | undefined {
  const whole = found.replace(/[.,;:!?…)\]}»”’]+$/u, "").slice(0, LONGEST_LINK);
  try {
    const url = parseLink(/^https?:/i.test(whole) ? whole : `https://${whole}`);
    refusePrivate(url);
    return url.hostname.includes(".") ? url.href : undefined;
  } catch {
    return undefined;
  }
}

const EVERYWHERE = [
  ["X", "https://x.com/"],
  ["Instagram", "https://www.instagram.com/"],
  ["TikTok", "https://www.tiktok.com/@"],
  ["Threads", "https://www.threads.com/@"],
  ["Telegram", "https://t.me/s/"],
] as const;

function placesOf(name: string): FoundHandle["places"] {
  const [account = "", host] = name.split("@");
  // The Fediverse's form tells where it is; a domain is a name of the AT Protocol.
  if (host !== undefined) {
    const url = linkOf(`https://${host}/@${account}`);
    return url === undefined ? [] : [{ name: host, url }];
  }
  if (/\.[a-z]{2,24}$/i.test(account))
    return [{ name: "Bluesky", url: `https://bsky.app/profile/${encodeURIComponent(account)}` }];
  return EVERYWHERE.map(([place, before]) => ({ name: place, url: before + encodeURIComponent(account) }));
}
