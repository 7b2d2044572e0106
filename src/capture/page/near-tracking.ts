/** Where, for each button, a document speaks of tracking in words of its own: links and buttons are offers, and no question. Evaluated in the page. */

/** How a button stands to what speaks of tracking. Letters are those of words that are no offer and do not speak of it. */
export interface NearTracking {
  /** Letters of the content outside of the piece around it that speaks of tracking; -1 where none does. */
  readonly besides: number;
  /** Letters between the words before it that speak of tracking and it; -1 where none are before it. */
  readonly apart: number;
  /** Letters of the document before it. */
  readonly from: number;
}

/** Pieces that speak of it which are looked at; and the least letters that are a word of one's own beside a link. */
const MOST_SPEAKING = 50;
const OWN_WORDS = 4;

/**
 * Source of a function that takes elements in the document's order, a regular expression for words about tracking, and whether two elements lie in one layer;
 * and returns of each `apart`, `from`, and the smallest `piece` around it that speaks of tracking, or null. What stands in a margin is said of that margin alone.
 */
export const NEAR_TRACKING = `(elements, tracking, inOneLayer) => {
  const near = new Map(elements.map((element) => [element, { piece: null, apart: -1, from: 0 }]));
  if (!document.body || !tracking.test(document.body.innerText)) return elements.map((element) => near.get(element));
  const OFFERS = "a[href], button, [role=button], [role=link], summary, select, option, label";
  const lettersIn = (text) => text.replace(/[\\s\\p{P}\\p{S}]+/gu, "").length;
  const blocks = new Map();
  const blockOf = (element) => {
    if (!blocks.has(element)) {
      const isInline = element.parentElement && element !== document.body && /^(?:inline|contents)/.test(getComputedStyle(element).display);
      blocks.set(element, isInline ? blockOf(element.parentElement) : element);
    }
    return blocks.get(element);
  };
  const speaking = [];
  let from = 0;
  let line;
  const endLine = () => {
    if (line === undefined) return;
    const speaks = line.own >= ${OWN_WORDS} && tracking.test(line.text) && speaking.length < ${MOST_SPEAKING};
    if (speaks) speaking.push({ block: line.block, margin: line.block.closest("header, nav, aside, footer, [role=banner], [role=navigation], [role=contentinfo], [role=complementary]"), at: from });
    else from += line.own;
    line = undefined;
  };
  const isOf = (element) => ({ block, margin }) => (margin === null || margin.contains(element)) && inOneLayer(block, element);
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    if (node.nodeType === Node.ELEMENT_NODE) {
      const one = near.get(node);
      if (one === undefined) continue;
      endLine();
      const before = speaking.findLast(isOf(node));
      near.set(node, { piece: null, from, apart: before === undefined ? -1 : from - before.at });
      continue;
    }
    const { parentElement } = node;
    if (node.data.trim() === "" || parentElement.closest("script, style, noscript, template, textarea") || !parentElement.checkVisibility({ visibilityProperty: true })) continue;
    const block = blockOf(parentElement);
    if (line?.block !== block) endLine();
    line ??= { block, text: "", own: 0 };
    line.text += node.data;
    if (parentElement.closest(OFFERS) === null) line.own += lettersIn(node.data);
  }
  endLine();
  return elements.map((element) => {
    const own = speaking.filter(isOf(element));
    let piece = own.length === 0 ? null : element.parentElement;
    while (piece && !own.some(({ block }) => piece.contains(block))) piece = piece.parentElement;
    return { ...near.get(element), piece };
  });
}`;
