import { isSamePage, withoutFragment } from "../page/same-page.ts";

/**
 * Of several posts that a page tells of, the one the page is about: the one with its very address, with the address the
 * page calls canonical, with the same address but for the fragment or the query. Each of these counts only where it fits
 * one post alone; after them, a post that is alone and names no address. Undefined rather than a guess.
 */
export function pickAbout<T>(
  posts: readonly T[],
  addressesOf: (post: T) => readonly unknown[],
  page: { readonly url: string; readonly canonical: string },
): T | undefined {
  const named = posts.map((post) => {
    const addresses = addressesOf(post).filter((address) => typeof address === "string" && address !== "");
    return { post, addresses };
  });
  const tests: readonly ((address: unknown) => boolean)[] = [
    (address) => address === page.url,
    (address) => isSamePage(address, page.url),
    (address) => page.canonical !== "" && isSamePage(address, page.canonical),
    (address) => typeof address === "string" && isSamePage(withoutQuery(address), withoutQuery(page.url)),
  ];
  for (const test of tests) {
    const fitting = named.filter(({ addresses }) => addresses.some(test));
    if (fitting.length === 1) return fitting[0]?.post;
  }
  const [only] = named;
  return named.length === 1 && only?.addresses.length === 0 ? only.post : undefined;
}

/**
 * Whether an address is the page's own: its very address, the one it calls canonical, or the first without what stands in
 * its query. A query in `address` itself counts: it may name the post.
 */
export function isOfPage(address: string, page: { readonly url: string; readonly canonical: string }): boolean {
  const own = [page.url, withoutQuery(page.url), page.canonical].filter((one) => one !== "");
  return own.some((one) => isSamePage(address, one));
}

function withoutQuery(address: string): string {
  return withoutFragment(address).split("?", 1)[0] ?? "";
}
