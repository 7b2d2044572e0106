/** The placards that were made of an exhibit: when, how large, and by whom. */
import { useMoments } from "../frame/moment.ts";
import { useLanguage } from "../language.tsx";
import { counted, fill, isLanguage, LANGUAGES } from "../words/words.ts";
import { useActorNames } from "./actors.ts";
import type { View } from "./queries.ts";

export function Made({ view }: { readonly view: View }) {
  const { language, words } = useLanguage();
  const { evidence, look } = words;
  const moment = useMoments();
  const nameOf = useActorNames();
  if (view.made.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="made">
      <h2 id="made">{evidence.made.title}</h2>
      <ul className="steps">
        {view.made.map(({ at, size, language: printed, placards, actor }, i) => (
          // oxlint-disable-next-line react/no-array-index-key -- two may have been made in one second
          <li key={`${at} ${i}`}>
            <strong>{fill(counted(language, evidence.made.pack, placards), { size })}</strong>
            <span className="small quiet">
              {moment(at)}
              {isLanguage(printed) ? (
                <>
                  {" "}
                  · <bdi lang={printed}>{LANGUAGES[printed].own}</bdi>
                </>
              ) : null}
              {actor === null ? "" : ` · ${fill(look.by, { actor: nameOf(actor) })}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
