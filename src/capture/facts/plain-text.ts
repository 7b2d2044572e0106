const BLOCKS = new Set(["br", "/p", "/div", "/li", "/blockquote"]);
const ENTITIES: Readonly<Record<string, string>> = {
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&apos;": "'",
  "&nbsp;": " ",
  "&amp;": "&",
};

/**
 * The words of a piece of HTML; nothing it returns is ever shown as HTML. One pass from tag to tag: a regular
 * expression for tags takes a minute over 100,000 `<` without a `>`.
 */
export function plainText(html: string): string {
  const parts: string[] = [];
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    const close = open < 0 ? -1 : html.indexOf(">", open);
    if (close < 0) break;
    parts.push(html.slice(at, open));
    const name = /^\/?[a-z]*/i.exec(html.slice(open + 1, open + 16))?.[0].toLowerCase() ?? "";
    if (BLOCKS.has(name)) parts.push("\n");
    at = close + 1;
  }
  parts.push(html.slice(at));
  return decodeEntities(parts.join("")).trim();
}

export function decodeEntities(text: string): string {
  return text.replace(/&(?:lt|gt|quot|#39|apos|nbsp|amp);/g, (entity) => ENTITIES[entity] ?? entity);
}
