/**
 * A part of the record of which the code loads when it is first asked something: whoever captures alone need not hold it in memory. Every method
 * of such a part gives a promise.
 */
export function lazily<Part extends object>(load: () => Promise<Part>): Part {
  let loading: Promise<Part> | undefined;
  return new Proxy({} as Part, {
    get: (_, name) => {
      // What is awaited by mistake is no promise.
      if (name === "then") return undefined;
      return async (...given: readonly unknown[]): Promise<unknown> => {
        const part = await (loading ??= load());
        return (part[name as keyof Part] as (...given: readonly unknown[]) => unknown)(...given);
      };
    },
  });
}
