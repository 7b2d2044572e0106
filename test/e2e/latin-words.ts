/** Latin words that a screen in Hebrew has left: what nobody has put into the catalogues, or a library says by itself. */
import type { Page } from "playwright-core";

/** Of its title, its text (of what is folded away, too) and what is read out in its place; not what stands apart as somebody else's. */
function latinRuns(): readonly string[] {
  const OTHERS = "script, style, textarea, code, kbd, bdi, .mono, .own-words, [lang=en], [aria-hidden=true]";
  const isOurs = (element: Element | null): boolean => element !== null && element.closest(OTHERS) === null;
  const texts = [document.title];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (isOurs(node.parentElement)) texts.push(node.nodeValue ?? "");
  for (const name of ["aria-label", "aria-description", "title", "placeholder", "alt"])
    for (const element of document.querySelectorAll(`[${name}]`))
      if (isOurs(element)) texts.push(element.getAttribute(name) ?? "");
  return texts.flatMap((text) => text.match(/[\p{Script=Latin}\p{N}][\p{Script=Latin}\p{N} @.,:/_-]*/gu) ?? []);
}

/** The same in every language. */
const NAMES =
  /\b(?:Placard|Chromium|ReplayWeb\.page|JSON-LD|OpenGraph|UTC|PDF|ZIP|PNG|JPEG|WebP|PIN|QR|SHA-?\d+|sha\d+|A[1-4]|English|watching-1|config\.json|placard doctor|FILE|DIR|Shift|ERR_[A-Z_]+|(?:PLC-)?\w{4}(?:-\w{4})+)\b/g;

/** `given`: what the tests' people wrote or are called. */
export async function latinWordsOn(page: Page, given: readonly string[]): Promise<readonly string[]> {
  const runs = await page.evaluate(latinRuns);
  const without = (text: string): string =>
    given.reduce((rest, one) => rest.replaceAll(one, " "), text).replace(NAMES, " ");
  return [...new Set(runs.filter((run) => /\p{Script=Latin}/u.test(without(run))))];
}
