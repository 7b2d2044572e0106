/** Ctrl-C: asks what is under way to stop, once; a second one ends the program as usual. */
export function onInterrupt(): Disposable & { readonly signal: AbortSignal } {
  const stop = new AbortController();
  const abort = (): void => stop.abort();
  process.once("SIGINT", abort);
  return { signal: stop.signal, [Symbol.dispose]: () => void process.off("SIGINT", abort) };
}
