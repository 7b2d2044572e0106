/** A browser's storage for tests of what keeps things there, for as long as their file runs. */
import { after, before, beforeEach } from "node:test";

/** What is kept; empty before each test. */
export function withLocalStorage(): Map<string, string> {
  const kept = new Map<string, string>();
  const localStorage = {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
  const own = Object.getOwnPropertyDescriptor(globalThis, "localStorage");
  before(() => void Object.defineProperty(globalThis, "localStorage", { value: localStorage, configurable: true }));
  beforeEach(() => kept.clear());
  after(() => {
    if (own !== undefined) Object.defineProperty(globalThis, "localStorage", own);
  });
  return kept;
}
