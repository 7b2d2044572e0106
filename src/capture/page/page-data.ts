/**
 * What is read out of a page, as plain data. `collectPage` runs in the page's own process but in a world of its own,
 * where the page's scripts cannot have changed what the language does; what it returns is still the page's word, so
 * every list and text is cut to a size.
 */
import { type FrameOver, HAS_FRAMES_OVER } from "./frame-data.ts";
import { NEAR_TRACKING, type NearTracking } from "./near-tracking.ts";
import { FIND_BUTTONS } from "./page-buttons.ts";

export interface PageData {
  readonly title: string;
  readonly language: string;
  /** What a reader sees, as text; what stands in open shadow trees comes last. */
  readonly text: string;
  /** Whether the text was longer than we keep. */
  readonly textCut: boolean;
  /** Whether the document and what it refers to had arrived. */
  readonly complete: boolean;
  /**
   * The beginning of `text` without the page's margins (header, navigation, footer), its sign-in forms and what lies in a
   * layer over it; one block a line.
   */
  readonly contentText: string;
  /** Lines of `contentText` that are headings, by element or by size; the first few. */
  readonly headings: readonly string[];
  /** Line of `contentText` in or behind which the first marked time stands; -1 where there is none. */
  readonly timeAt: number;
  /** What lies in layers over most of the window, where something does. */
  readonly cover?: Cover;
  /** Whether frames lie in the cover, or one is all there is of the page. */
  readonly framesOver: boolean;
  /** What stands in these, where it was read. */
  readonly frames?: readonly FrameOver[];
  /** What can be pressed, of what lies in the content or in the cover. */
  readonly buttons: readonly Button[];
  readonly canonical: string;
  /** Where the page says its ActivityStreams form is to be had. */
  readonly activityLink: string;
  readonly metas: readonly { readonly name: string; readonly content: string }[];
  /** Contents of JSON-LD scripts. */
  readonly jsonLd: readonly string[];
  /** Contents of ActivityStreams scripts, where a page carries them. */
  readonly activities: readonly string[];
  readonly entries: readonly MicroformatEntry[];
  readonly signIn: SignIn;
  /** Addresses of frames and class names that mark a captcha, of those that can be seen. */
  readonly captchaMarks: readonly string[];
  /** Whether all of `contentText` is links to elsewhere, as in the bars of an application that draws them as anything. */
  readonly onlyLinks: boolean;
  /** Pictures, videos and drawings in the content that are large enough to be the point of a page. */
  readonly largeMedia: number;
}

/** Fields to sign in with, as far as they can be seen. */
export interface SignIn {
  readonly passwords: number;
  /** Of these, the ones in a header, a footer, an aside or a navigation bar. */
  readonly passwordsInMargins: number;
  /** Fields for a user name or e-mail address, outside of the margins. */
  readonly names: number;
  /** The text of the forms they stand in, outside of the margins. */
  readonly text: string;
  /** Whether one stands in a layer of its own over most of the window. */
  readonly covers: boolean;
}

export interface Cover {
  readonly text: string;
  /** Addresses, names and titles of frames in it. */
  readonly frames: string;
}

export interface Button extends NearTracking {
  /** Which of `FIND_BUTTONS` it is. */
  readonly at: number;
  readonly label: string;
  readonly place: "cover" | "content";
  /** Words around it. */
  readonly about: string;
  /** Whether it sends a form. */
  readonly sends: boolean;
}

interface MicroformatEntry {
  readonly author: string;
  readonly handle: string;
  readonly text: string;
  readonly published: string;
  readonly updated: string;
  readonly replyTo: string;
  readonly url: string;
}

/** Longest visible text kept, in UTF-16 code units. */
export const LONGEST_TEXT = 2_000_000;
/** `contentText` is cut here: walls and captchas say less. */
export const LONGEST_CONTENT = 3000;

/** Shadow trees that are read; what a page has beyond them is in its picture. */
const MOST_TREES = 2000;

/** Source of a function that returns the trees a document is made of: itself, and every open shadow tree under it. */
export const FIND_TREES = `() => {
  const trees = [document];
  for (const tree of trees) {
    for (const element of tree.querySelectorAll("*")) if (element.shadowRoot && trees.length < ${MOST_TREES}) trees.push(element.shadowRoot);
  }
  return trees;
}`;

/** Source of a function that takes those trees and returns what a reader sees, as text. What stands in shadow trees comes last, since `innerText` passes them by. */
export const SHOWN_TEXT = `(trees) => {
  const [, ...shadows] = trees;
  // Of what is not drawn, such as a style sheet, \`innerText\` is its source.
  const isDrawn = (element) => element.checkVisibility() || (getComputedStyle(element).display === "contents" && isDrawn(element.parentElement ?? element.getRootNode().host));
  const inside = shadows.flatMap(({ children }) => [...children].filter(isDrawn).map((child) => child.innerText ?? "")).filter((words) => words.trim() !== "");
  return [document.body ? document.body.innerText : "", ...inside].join("\\n");
}`;

/** Source of an expression for what a reader sees of the page, as `PageData.text` is. */
export const VISIBLE_TEXT = `(${SHOWN_TEXT})((${FIND_TREES})()).slice(0, ${LONGEST_TEXT})`;

/**
 * Source of a function that takes the longest text, the longest content text and a regular expression for words about
 * tracking, and returns `PageData`; evaluated in the page.
 */
export const COLLECT_PAGE = `(longestText, longestContent, tracking) => {
  const cut = (value, most) => String(value ?? "").slice(0, most);
  const all = (selector, most) => [...document.querySelectorAll(selector)].slice(0, most);
  const trees = (${FIND_TREES})();
  // Of the page as it is drawn, in which a shadow tree hangs on its host.
  const above = (element) => element.parentElement ?? element.getRootNode().host;
  const closest = (element, selector) => element.closest(selector) ?? (element.getRootNode().host ? closest(element.getRootNode().host, selector) : null);
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    return box.width > 1 && box.height > 1 && style.visibility !== "hidden" && style.display !== "none" && Number(style.opacity) > 0.01;
  };
  const within = (entry, selector) => entry.querySelector(selector);
  const words = (element) => cut(element?.innerText ?? element?.textContent, 20000).trim();
  const text = (${SHOWN_TEXT})(trees);

  const MARGINS = "header, nav, aside, footer, [role=banner], [role=navigation], [role=contentinfo], [role=complementary], [role=search]";
  const isPassword = (field) => field.type === "password";
  const isName = (field) => field.type === "email" || /username|email/.test(field.autocomplete) || /^(user|username|login|email)$/i.test(field.name);
  const inMargin = (element) => closest(element, MARGINS) !== null;
  const formOf = (field) => field.closest("form, dialog, [role=dialog]") ?? field.parentElement;
  const layers = new Map();
  const layerOf = (element) => {
    if (!element || element === document.body || element === document.documentElement) return undefined;
    if (!layers.has(element)) {
      const { position, zIndex } = getComputedStyle(element);
      const liesOver = () => position === "absolute" && Number(zIndex) > 0 && element.offsetWidth >= 0.8 * innerWidth && element.offsetHeight >= 0.8 * innerHeight;
      const own = position === "fixed" || element.matches("dialog[open], [aria-modal=true]") || liesOver();
      // An application that is one fixed layer is the page itself.
      const isPage = () => element.innerText.length > 0.8 * text.length;
      layers.set(element, layerOf(above(element)) ?? (own && !isPage() ? element : undefined));
    }
    return layers.get(element);
  };
  const coversPage = (field) => {
    const layer = layerOf(field);
    const box = layer?.getBoundingClientRect();
    return layer !== undefined && layer.innerText.length < 1000 && box.width * box.height > 0.5 * innerWidth * innerHeight;
  };
  // What a reader would touch at points across the window: a layer, or the page.
  const touched = (from, to) => {
    const found = [];
    for (let x = from; x <= to; x++) for (let y = from; y <= to; y++) found.push(layerOf(document.elementFromPoint((innerWidth * x) / 10, (innerHeight * y) / 10)));
    return found;
  };
  const most = (points) => points.filter(Boolean).length > points.length / 2;
  const covering = most(touched(1, 9)) && most(touched(3, 7)) ? new Set(touched(1, 9).filter(Boolean)) : new Set();
  const inCover = (element) => covering.has(layerOf(element));
  const coverText = () => [...covering].map((layer) => layer.innerText.trim()).join("\\n");
  const cover = covering.size === 0 ? undefined : {
    text: cut(coverText(), longestContent),
    frames: cut([...covering].flatMap((layer) => [layer, ...layer.querySelectorAll("iframe")]).filter((each) => each.matches("iframe")).map((frame) => frame.src + " " + frame.id + " " + frame.title).join(" "), 2000),
  };
  // A post's own header and footer are part of it.
  const isBeside = (element) => {
    if (layerOf(element) !== undefined) return true;
    const margin = closest(element, MARGINS);
    return margin !== null && !(margin.matches("header, footer") && above(margin) && closest(above(margin), "article, main, [role=main], [role=article]"));
  };
  const fields = trees.flatMap((tree) => [...tree.querySelectorAll("input")]).slice(0, 500).filter((field) => (isPassword(field) || isName(field)) && seen(field));
  const passwords = fields.filter(isPassword);
  const inContent = fields.filter((field) => !inMargin(field));
  const forms = [...new Set((inContent.some(isPassword) ? inContent.filter(isPassword) : inContent).map(formOf))];
  const blockOf = (element) => {
    while (element.parentElement && /^inline/.test(getComputedStyle(element).display) && element.parentElement !== document.body) element = element.parentElement;
    return element;
  };
  const isHeading = (block) => block.closest("h1, h2, h3, [role=heading]") !== null || parseFloat(getComputedStyle(block).fontSize) >= 22;
  const readContent = () => {
    const [, ...shadows] = trees;
    const walkers = [document.body ?? document, ...shadows].map((root) => document.createTreeWalker(root, NodeFilter.SHOW_TEXT));
    const lines = [];
    let length = 0;
    let last;
    // Whether white space, or the sign of a handle, parts a piece from the one before it.
    let apart = false;
    for (let i = 0; i < 20000 && length < longestContent && walkers.length > 0; i++) {
      const node = walkers[0].nextNode();
      if (node === null) {
        walkers.shift();
        continue;
      }
      const { data, parentElement } = node;
      apart ||= /^\\s/.test(data) || /^@/.test(data);
      if (!data.trim() || !parentElement || parentElement.closest("script, style, noscript, template, textarea, option") || isBeside(parentElement)) continue;
      if (forms.some((form) => form.contains(parentElement)) || !parentElement.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const block = blockOf(parentElement);
      const words = cut(data.replace(/\\s+/g, " "), longestContent);
      if (block === last) lines.at(-1).words += (apart ? " " : "") + words.trimStart();
      else lines.push({ words, heading: isHeading(block), timed: false, linked: true });
      lines.at(-1).linked &&= closest(parentElement, "a[href]") !== null || /^ ?©/.test(words);
      lines.at(-1).timed ||= parentElement.closest("time, [datetime], .dt-published, [itemprop^=date]") !== null;
      last = block;
      apart = /\\s$/.test(data);
      length += words.length;
    }
    return lines.map((line) => ({ ...line, words: line.words.trim() }));
  };
  const content = readContent();
  const found = (${FIND_BUTTONS})();
  const near = (${NEAR_TRACKING})(found, tracking, (one, other) => layerOf(one) === layerOf(other));
  // Most of them have one and the same piece around them.
  const outside = new Map([[null, -1]]);
  const besides = (piece) => {
    if (!outside.has(piece)) {
      const inside = piece.innerText.replace(/\\s+/g, " ");
      outside.set(piece, content.filter(({ words }) => !inside.includes(words)).reduce((sum, { words }) => sum + words.length, 0));
    }
    return outside.get(piece);
  };
  const buttons = found.map((element, at) => ({ element, at })).filter(({ element }) => inCover(element) || !isBeside(element)).map(({ element, at }) => {
    const label = element.value && element.matches("input") ? element.value : element.innerText || element.ariaLabel;
    let about = element.parentElement;
    while (about && about !== document.body && about.innerText.length < 60) about = about.parentElement;
    const { piece, apart, from } = near[at];
    return {
      at,
      label: cut(label, 200).trim(),
      place: inCover(element) ? "cover" : "content",
      about: cut(about?.innerText, 600),
      besides: besides(piece),
      apart,
      from,
      sends: Boolean(element.form) && element.type === "submit",
    };
  }).filter(({ label }) => label !== "");
  // A site's own sign, shown while its application starts.
  const isMark = (element) => document.title !== "" && [element.getAttribute("alt"), element.ariaLabel, element.querySelector("title")?.textContent].some((name) => name?.trim() === document.title.trim());
  const marks = /recaptcha|hcaptcha|turnstile|challenge-platform|challenges\\.cloudflare|arkoselabs|funcaptcha|geetest|datadome|px-captcha|captcha-delivery/i;
  return {
    title: cut(document.title, 2000),
    language: cut(document.documentElement.lang, 40),
    text: text.slice(0, longestText),
    textCut: text.length > longestText,
    complete: document.readyState === "complete",
    contentText: cut(content.map(({ words }) => words).join("\\n"), longestContent),
    headings: content.filter(({ heading }) => heading).slice(0, 5).map(({ words }) => cut(words, 300)),
    timeAt: content.findIndex(({ timed }) => timed),
    ...(cover === undefined ? {} : { cover }),
    framesOver: (${HAS_FRAMES_OVER})(trees, inCover, content.reduce((sum, { words }) => sum + words.length, 0)),
    buttons,
    canonical: cut(document.querySelector('link[rel~="canonical"]')?.href, 4000),
    activityLink: cut(document.querySelector('link[rel~="alternate"][type^="application/activity+json"], link[rel~="alternate"][type^="application/ld+json"]')?.href, 2000),
    metas: all("meta[content]", 400).map((meta) => ({
      name: cut(meta.getAttribute("property") || meta.getAttribute("name") || meta.getAttribute("itemprop"), 100).toLowerCase(),
      content: cut(meta.content, 20000),
    })).filter((meta) => meta.name !== ""),
    jsonLd: all('script[type="application/ld+json"]', 20).map((script) => cut(script.textContent, 300000)),
    activities: all('script[type="application/activity+json"]', 5).map((script) => cut(script.textContent, 300000)),
    entries: all(".h-entry", 50).map((entry) => ({
      author: words(within(entry, ".p-author .p-name") ?? within(entry, ".p-author")),
      handle: words(within(entry, ".p-nickname")),
      text: words(within(entry, ".e-content") ?? within(entry, ".p-content")),
      published: cut(within(entry, ".dt-published")?.getAttribute("datetime"), 100),
      updated: cut(within(entry, ".dt-updated")?.getAttribute("datetime"), 100),
      replyTo: cut(within(entry, ".u-in-reply-to")?.href, 4000),
      url: cut(within(entry, ".u-url:not(.h-card, .h-card *, .h-cite *)")?.href, 4000),
    })),
    signIn: {
      passwords: passwords.length,
      passwordsInMargins: passwords.filter(inMargin).length,
      names: inContent.filter(isName).length,
      text: forms.slice(0, 5).map((form) => cut(form?.innerText, 2000)).join("\\n"),
      covers: inContent.filter(isPassword).slice(0, 10).some(coversPage),
    },
    captchaMarks: [
      // A frame of "size=invisible" is a badge in the corner of an ordinary page.
      ...all("iframe[src]", 100).filter((frame) => seen(frame) && !/size=invisible/.test(frame.src)).map((frame) => cut(frame.src, 2000)),
      ...all("[class*=captcha], [id*=captcha], .cf-turnstile, [id*=challenge-form], [id*=challenge-stage]", 50).filter(seen).map((element) => cut(element.className + " " + element.id, 200)),
    ].filter((mark) => marks.test(mark)).slice(0, 20),
    onlyLinks: content.every(({ linked }) => linked),
    largeMedia: all("img, video, canvas, svg, picture, object, embed", 500).filter((element) => {
      const box = element.getBoundingClientRect();
      return box.width >= 160 && box.height >= 120 && seen(element) && !isBeside(element) && !element.closest("[role=progressbar], [aria-busy=true], [class*=spinner], [class*=loader], [class*=loading], [class*=splash], [id*=splash], [class~=logo], [class*=-logo], [class*=_logo], #logo, #placeholder") && !(box.width < 300 && box.height < 300 && isMark(element));
    }).length,
  };
}`;
