/** A code counts once, however long it is shown: https://www.rfc-editor.org/rfc/rfc6238#section-5.2 */

/** Longer than a code is taken: its half minute, and one on either side. */
const KEPT = 2 * 60_000;

export interface TriedCodes {
  /** Whether this member's code is tried for the first time; from then on it no longer is. */
  isNew(member: string, code: string): boolean;
}

export function rememberCodes(): TriedCodes {
  const tried = new Map<string, number>();
  return {
    isNew: (member, code) => {
      const now = performance.now();
      // In the order in which they came, so that the old ones stand first.
      for (const [key, at] of tried) {
        if (now - at < KEPT) break;
        tried.delete(key);
      }
      const key = `${member} ${code.trim()}`;
      if (tried.has(key)) return false;
      tried.set(key, now);
      return true;
    },
  };
}
