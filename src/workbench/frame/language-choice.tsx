/** In which language strangers are spoken to: each is named in itself. */
import { useLanguage } from "../language.tsx";
import { LANGUAGES, type Language } from "../words/words.ts";

export function LanguageChoice() {
  const { language, speak } = useLanguage();
  const others = (Object.keys(LANGUAGES) as Language[]).filter((each) => each !== language);
  return (
    <div className="languages">
      {others.map((each) => (
        <button key={each} type="button" lang={each} onClick={() => void speak(each)}>
          {LANGUAGES[each].own}
        </button>
      ))}
    </div>
  );
}
