/** The cases there are: how much is in each, when something was last saved in it, and the way to its posts. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { LinkButton } from "../frame/link-button.tsx";
import { useMoments } from "../frame/moment.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { casesQuery } from "../queries.ts";
import { counted, fill } from "../words/words.ts";
import "../style/lines.css";
import "../find/find.css";

export function CasesScreen() {
  const { language, words } = useLanguage();
  const { cases } = words.find;
  const moment = useMoments();
  const { data, error } = useQuery(casesQuery);
  const known = data?.cases ?? [];
  return (
    <Page title={cases.title} lead={cases.lead}>
      <Trouble error={error} />
      {data !== undefined && known.length === 0 ? <p className="quiet">{cases.none}</p> : null}
      {known.length === 0 ? null : (
        <ul className="lines sheet" aria-label={cases.title}>
          {known.map(({ name, exhibits, lastSealedAt }) => (
            <li key={name} className="line">
              <Link to="/find" search={{ case: name }} className="case-name" dir="auto">
                {name}
              </Link>
              <span className="small quiet">
                {counted(language, words.look.counted, exhibits)} · {fill(cases.last, { time: moment(lastSealedAt) })}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div>
        <LinkButton variant="default" to="/find">
          {cases.toFind}
        </LinkButton>
      </div>
    </Page>
  );
}
