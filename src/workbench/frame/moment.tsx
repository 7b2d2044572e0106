/** A moment in the reader's language and zone, with the exact one beneath. */
import { useLanguage } from "../language.tsx";

export function useMoments(): (time: string) => string {
  const { language } = useLanguage();
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, {
    dateStyle: "long",
    timeStyle: "short",
  });
  return (time) => format.format(new Date(time));
}
