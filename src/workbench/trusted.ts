import { WORKER } from "./offline/registration.ts";

/**
 * The component library writes its style sheets as text into style elements, which the policy "trusted types" holds for
 * markup. Text that opens no element is let through, anything else is not: no string can become an element here.
 * Of scripts that are named by a string, the one service worker is let through.
 */
type Rule = (text: string) => string | null;
interface Factory {
  createPolicy(name: string, rules: { readonly createHTML: Rule; readonly createScriptURL: Rule }): unknown;
}

export function trustStyleText(): void {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: Factory };
  trustedTypes?.createPolicy("default", {
    createHTML: (text) => (text.includes("<") ? null : text),
    createScriptURL: (address) => (address === WORKER ? address : null),
  });
}

/** Of the one style sheet the page may carry; parts of the library look for it under webpack's name. */
export function styleNonce(): string {
  const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? "";
  Object.assign(globalThis, { __webpack_nonce__: nonce });
  return nonce;
}
