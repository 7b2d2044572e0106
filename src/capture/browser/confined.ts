/** A browser is started without its sandbox only where the system forbids one; that is told by the browser's own words. */

/**
 * What Chromium writes before it gives up: to root, where neither namespaces nor its setuid helper can be had, where a
 * container or a security module forbids a namespace once it was made (content/browser/zygote_host, sandbox/linux).
 */
const FORBIDDEN = [
  "No usable sandbox!",
  "Running as root without --no-sandbox is not supported",
  "Failed to move to new namespace",
  "The SUID sandbox helper binary was found, but is not configured correctly",
];
/** Checks of the part that enters namespaces, in any file of it. */
const FAILED_CHECK = /:FATAL:\S*sandbox\/linux\/(?:services|suid)\/\S+\.cc[:(]\d+\)?\] Check failed/;

/** Of the driver's message only what the browser wrote: the line it was started with has paths and arguments of anybody's. */
export function isSandboxForbidden(error: unknown): boolean {
  const lines = error instanceof Error ? error.message.split("\n") : [];
  return lines
    .filter((line) => /^\W*(?:\[\d+m)?\W*\[pid=\d+\]\[err\]/.test(line))
    .some((line) => FORBIDDEN.some((words) => line.includes(words)) || FAILED_CHECK.test(line));
}

/**
 * What `open` opens: confined, or not where the system forbids it. A start that fails otherwise, as on a busy machine, is
 * tried once more, and confined again. Throws what the last try throws.
 */
export async function confined<T>(open: (sandbox: boolean) => Promise<T>, isRoot: boolean): Promise<T> {
  // Chromium refuses its sandbox to root.
  if (isRoot) return open(false);
  const unconfinedWhereForbidden = (error: unknown): Promise<T> => {
    if (isSandboxForbidden(error)) return open(false);
    throw error;
  };
  try {
    return await open(true);
  } catch (error) {
    return isSandboxForbidden(error) ? open(false) : open(true).catch(unconfinedWhereForbidden);
  }
}
