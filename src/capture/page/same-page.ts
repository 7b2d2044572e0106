const LONGEST_ADDRESS = 8192;

/** Whether two addresses name one page: without fragment and without a slash at the end. No regular expression: these are a stranger's texts. */
export function isSamePage(address: unknown, url: string): boolean {
  if (typeof address !== "string" || address.length > LONGEST_ADDRESS) return false;
  return pageOf(address) === pageOf(url);
}

/** The address without its fragment. */
export function withoutFragment(url: string): string {
  return url.split("#", 1)[0] ?? "";
}

function pageOf(address: string): string {
  const bare = withoutFragment(address);
  return bare.endsWith("/") ? bare.slice(0, -1) : bare;
}
