/**
 * Whether a page said something else between its text being read and its picture being taken: one that can tell when it is looked at
 * might show another thing for just that moment. Seen from a world in which its scripts have changed nothing.
 */
import { FIND_TREES, SHOWN_TEXT } from "./page-data.ts";

/** Milliseconds for reading the text again where something changes; who keeps us busier than this is not at rest. */
const MOST_READING = 200;
const NAME = "__placardWhileTaken";

/** Source of a function that takes the text and how much of it is kept, and watches from then on whether it stays. */
export const WATCH_TEXT = `(text, longest) => {
  globalThis.${NAME}?.observer.disconnect();
  const trees = (${FIND_TREES})();
  const watch = { changed: false, reading: 0 };
  watch.look = () => {
    if (watch.changed) return;
    const began = performance.now();
    watch.changed = watch.reading > ${MOST_READING} || (${SHOWN_TEXT})((${FIND_TREES})()).slice(0, longest) !== text;
    watch.reading += performance.now() - began;
  };
  watch.observer = new MutationObserver(watch.look);
  for (const tree of trees) watch.observer.observe(tree, { subtree: true, childList: true, characterData: true, attributes: true });
  globalThis.${NAME} = watch;
}`;

/** Ends the watching, as an expression; whether anything else was said meanwhile. */
export const SAID_OTHER = `(() => {
  const watch = globalThis.${NAME};
  if (!watch) return true;
  if (watch.observer.takeRecords().length > 0) watch.look();
  watch.observer.disconnect();
  return watch.changed;
})()`;
