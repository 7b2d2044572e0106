/** A sentence of the server's within a line: in the reader's language, or in English and marked so. */
import { useLanguage } from "../language.tsx";
import { type Coded, saidIn } from "../words/said.ts";

export function Spoken({ english, told }: { readonly english: string; readonly told: Coded | undefined }) {
  const { text, lang } = saidIn(useLanguage(), english, told);
  return (
    <bdi lang={lang} dir="auto">
      {text}
    </bdi>
  );
}
