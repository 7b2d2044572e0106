/** The cases there are: how much is in each, when something was last saved in it, and the way to its posts. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { DossierOf } from "../find/dossier-of.tsx";
import { useInParts } from "../find/in-parts.ts";
import { RenameCase, type Renamed, Renaming } from "../find/rename-case.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { useMoments } from "../frame/moment.ts";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { useMay } from "../may.ts";
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
  const may = useMay();
  const mayRename = may("POST /api/filings") && may("GET /api/exhibits/ids");
  const mayReport = may("GET /api/dossier");
  const deeds = useInParts();
  const [renamed, setRenamed] = useState<Renamed>();
  const rename = (asked: Renamed): void => {
    setRenamed(asked);
    void deeds.renameCase(asked.from.name, asked.to, asked.from.exhibits);
  };
  return (
    <Page title={cases.title} lead={cases.lead}>
      <Trouble error={error} />
      {renamed === undefined || deeds.progress === undefined ? null : (
        <Renaming key={`${renamed.from.name} ${renamed.to}`} renamed={renamed} deeds={deeds} />
      )}
      {data !== undefined && known.length === 0 ? <p className="quiet">{cases.none}</p> : null}
      {mayReport && known.length > 0 ? <p className="quiet">{cases.dossier.what}</p> : null}
      {known.length === 0 ? null : (
        <ul className="lines sheet" aria-label={cases.title}>
          {known.map(({ name, exhibits, lastSealedAt }) => (
            <li key={name} className="line">
              <div className="line-what">
                <Link to="/find" search={{ case: name }} className="case-name">
                  <bdi>{name}</bdi>
                </Link>
                <span className="small quiet">
                  {counted(language, words.look.counted, exhibits)} · {fill(cases.last, { time: moment(lastSealedAt) })}
                </span>
              </div>
              {mayRename ? (
                <RenameCase
                  one={{ name, exhibits }}
                  others={known.filter((other) => other.name !== name)}
                  isBusy={deeds.progress?.state === "working"}
                  rename={rename}
                />
              ) : null}
              {mayReport ? <DossierOf name={name} /> : null}
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
