import { useLanguage } from "../language.tsx";
import { momentOf } from "../words/dates.ts";

/** Moments as the language in use writes them. */
export function useMoments(): (at: string) => string {
  const { language } = useLanguage();
  return (at) => momentOf(language, at);
}
