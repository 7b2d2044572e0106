/**
 * Which element of a page is the post, and where it lies. Found by the post's own address, or by its very words; where
 * neither is certain, by nothing. Runs as page-data.ts does, in a world of its own in the page.
 */

/** What the element is, in document coordinates: whole CSS pixels, which are the picture's. */
export interface PostBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface FoundPost {
  /** By its own permalink; by the link's fragment, which leads into it; by the words that metadata gives. */
  readonly foundBy: "permalink" | "fragment" | "words";
  readonly box: PostBox;
  /** What a reader sees in it. */
  readonly text: string;
  /** Short texts and labels that are the post's own and not its words: times, buttons, marks. */
  readonly lines: readonly string[];
  readonly labels: readonly string[];
  /** Pictures, videos and sounds of the post's own, by address; not its author's picture. */
  readonly media: readonly string[];
  /** Of these, the videos and sounds that a script puts together (blob: addresses). */
  readonly streams: readonly string[];
  /** Pictures in it that are not: its author's, and small ones. */
  readonly faces: readonly string[];
  /** What it says in the marks of its platform: by fact, all that was found. */
  readonly markup: readonly { readonly name: string; readonly said: Readonly<Record<string, readonly string[]>> }[];
}

interface MissedPost {
  readonly foundBy: "nothing";
  /** A sentence for people. */
  readonly why: string;
}

export type PostElement = FoundPost | MissedPost;

/**
 * Source of a function that takes the page's address, the post's words ("" where unknown) and the rules of platforms
 * (facts/markup/rule.ts), and returns `PostElement`.
 */
export const FIND_POST = `(url, words, rules = []) => {
  const TYPES = ["SocialMediaPosting", "DiscussionForumPosting", "BlogPosting", "LiveBlogPosting", "Article", "NewsArticle", "Comment", "Question", "Answer", "Message", "VideoObject"];
  const POSTS = ["article", '[role="article"]', ".h-entry", '[data-testid^="postThreadItem"]', '.post[id^="p"]', ...TYPES.map((type) => '[itemscope][itemtype$="schema.org/' + type + '"]'), ...rules.map(({ element }) => element)].join(", ");
  const QUOTES = "blockquote, q, .h-cite";
  const SAYING = '[itemprop~="text"], [itemprop~="articleBody"], [itemprop~="description"], .e-content, .p-content';
  const SHORTEST_WORDS = 12, MOST = 2000, PATIENCE = 2000;
  const until = performance.now() + PATIENCE;
  const cut = (value, most) => String(value ?? "").slice(0, most);
  const tidy = (address) => (address.endsWith("/") ? address.slice(0, -1) : address);
  const absolute = (address) => { try { return tidy(new URL(address, document.baseURI).href); } catch { return ""; } };
  const bare = (address) => tidy(address.split("#", 1)[0].split("?", 1)[0]);
  const essence = (text) => text.normalize("NFKC").replace(/[^\\p{L}\\p{N}\\p{S}]+/gu, "");
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width >= 8 && box.height >= 8 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const own = (post) => (element) => {
    const quote = element.parentElement?.closest(QUOTES);
    return (element === post || element.parentElement.closest(POSTS) === post) && !(element !== post && element.matches(POSTS)) && !(quote && post.contains(quote));
  };
  const within = (post, selector) => [...post.querySelectorAll(selector)].slice(0, 500).filter(own(post));
  const addressOf = (element) => absolute(element.href || element.content || element.getAttribute("href") || element.textContent.trim());
  const ruling = (post) => rules.filter(({ element }) => post.matches(element));
  const picked = (post, { at, attribute, matching, after = "" }) => {
    const found = (at === undefined ? [post] : within(post, at)).map((one) => cut(attribute === undefined ? one.innerText : one.getAttribute(attribute), 20000).trim());
    const values = matching === undefined ? found : found.flatMap((value) => new RegExp(matching, "u").exec(value)?.[1] ?? []);
    return [...new Set(values)].filter(Boolean).map((value) => after + value).slice(0, 5);
  };
  // The first kind of mark that is there decides, where it names one address.
  const MARKS = [
    (post) => ruling(post).flatMap(({ permalink }) => (permalink ? picked(post, permalink).map(absolute) : [])),
    (post) => (post.hasAttribute("itemscope") ? [
      ...(post.hasAttribute("itemid") ? [absolute(post.getAttribute("itemid"))] : []),
      ...within(post, '[itemprop~="url"], [itemprop~="mainEntityOfPage"]').filter((mark) => mark.parentElement.closest("[itemscope]") === post).map(addressOf),
    ] : []),
    (post) => within(post, ".u-url").filter((mark) => !mark.closest(".h-card")).map(addressOf),
    (post) => within(post, 'a[rel~="bookmark"][href]').map(addressOf),
    (post) => within(post, "a[href] time").map((time) => addressOf(time.closest("a"))),
  ];
  const permalinkOf = (post) => {
    for (const marks of MARKS) {
      const addresses = [...new Set(marks(post))].filter(Boolean);
      if (addresses.length > 0) return addresses.length === 1 ? addresses[0] : undefined;
    }
  };
  const saying = (root) => {
    const wanted = essence(words);
    if (wanted.length < SHORTEST_WORDS) return [];
    const found = [];
    for (const element of [...root.querySelectorAll("*")].slice(0, 20000)) {
      if (performance.now() > until) return [];
      const { length } = element.textContent;
      if (length < wanted.length || length > 3 * words.length + 2000 || element.matches("script, style, template, noscript")) continue;
      if (essence(element.textContent) === wanted && !element.closest(QUOTES)) found.push(element);
    }
    // In document order, whatever an element contains comes right behind it.
    return found.filter((element, i) => !element.contains(found[i + 1] ?? null)).slice(0, 200);
  };
  const describe = (post, foundBy) => {
    const rect = post.getBoundingClientRect();
    const x = Math.floor(rect.left + scrollX), y = Math.floor(rect.top + scrollY);
    const said = saying(post);
    const isSaid = (element) => element.closest(SAYING) !== null && post.contains(element.closest(SAYING)) || said.some((words) => words.contains(element));
    const walker = document.createTreeWalker(post, NodeFilter.SHOW_TEXT);
    const lines = [];
    for (let i = 0; i < 5000 && lines.length < 100 && walker.nextNode(); i++) {
      const { data, parentElement } = walker.currentNode;
      const line = data.trim().replace(/\\s+/g, " ");
      if (line !== "" && line.length <= 100 && own(post)(parentElement) && !isSaid(parentElement) && !parentElement.closest("script, style, template, noscript") && parentElement.checkVisibility()) lines.push(line);
    }
    const large = (media) => { const box = media.getBoundingClientRect(); return box.width >= 64 && box.height >= 64; };
    const face = (one) => { const mark = one.closest('.h-card, .u-photo, [itemprop~="author"], [rel~="author"], [class*="avatar" i]'); return mark !== null && post.contains(mark); };
    const all = within(post, "img, video, audio");
    const media = all.filter((one) => one.tagName === "AUDIO" || (large(one) && !face(one)));
    const sources = (some) => [...new Set(some.flatMap((one) => [one.currentSrc || one.src, one.poster]))].filter((address) => /^(https?|blob):/.test(address)).map((address) => cut(address, 2000));
    return {
      foundBy,
      box: { x, y, width: Math.ceil(rect.right + scrollX) - x, height: Math.ceil(rect.bottom + scrollY) - y },
      text: cut(post.innerText, 20000),
      lines,
      markup: ruling(post).map(({ name, facts }) => ({ name, said: Object.fromEntries(Object.entries(facts).map(([fact, pick]) => [fact, picked(post, pick)])) })),
      labels: within(post, "[aria-label]").map((one) => cut(one.getAttribute("aria-label"), 100)).slice(0, 50),
      media: sources(media).slice(0, 20),
      streams: sources(media.filter((one) => one.tagName !== "IMG")).filter((address) => address.startsWith("blob:")).slice(0, 20),
      faces: sources(all.filter((one) => !media.includes(one))).slice(0, 100),
    };
  };
  const missed = (why) => ({ foundBy: "nothing", why });

  const posts = [...document.querySelectorAll(POSTS)].slice(0, MOST).filter(seen);
  const canonical = document.querySelector('link[rel~="canonical"]')?.href;
  const links = new Map(posts.map((post) => [post, performance.now() > until ? undefined : permalinkOf(post)]));
  if (performance.now() > until) return missed("The page has too many parts to look through.");
  const bearing = (address) => posts.filter((post) => links.get(post) === address);
  const direct = bearing(absolute(url));
  if (direct.length === 1) return describe(direct[0], "permalink");
  let fragment = "";
  try { fragment = decodeURIComponent(new URL(url).hash.slice(1)); } catch {}
  const target = fragment === "" ? undefined : document.getElementById(fragment)?.closest(POSTS);
  if (target && seen(target)) return describe(target, "fragment");
  if (direct.length > 1) return missed("Several parts of the page bear the link's address.");
  const canonically = canonical ? bearing(absolute(canonical)) : [];
  if (canonically.length === 1) return describe(canonically[0], "permalink");
  if (canonically.length > 1) return missed("Several parts of the page bear the link's address.");
  const contradicts = (post) => links.get(post) !== undefined && ![url, canonical].some((address) => address && bare(absolute(address)) === bare(links.get(post)));
  const homes = [...new Set(saying(document.body ?? document.documentElement).map((element) => element.closest(POSTS)))].filter((post) => post && seen(post) && !contradicts(post));
  if (homes.length === 1) return describe(homes[0], "words");
  return missed(homes.length > 1 ? "The post's words stand in several parts of the page." : "No part of the page bears the link's address, and none has the post's words.");
}`;
