/**
 * Whether words that metadata gives stand where a reader sees them. Only letters, digits and symbols are compared: white
 * space, punctuation and typographic quotes differ between a page and what it says of itself.
 */
export function readerOf(visibleText: string): (words: string) => boolean {
  const seen = essence(visibleText);
  return (words) => {
    const wanted = essence(words);
    return wanted !== "" && seen.includes(wanted);
  };
}

function essence(text: string): string {
  return text.normalize("NFKC").replace(/[^\p{L}\p{N}\p{S}]+/gu, "");
}
