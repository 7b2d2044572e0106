/** All there is, newest first. */
import { useQuery } from "@tanstack/react-query";
import { Page } from "../frame/page.tsx";
import { useLanguage } from "../language.tsx";
import { ChosenBar, useChosen } from "../look/chosen.tsx";
import { ExhibitList } from "../look/list.tsx";
import { countsQuery } from "../look/queries.ts";
import { counted } from "../words/words.ts";

const ALL = {};

export function LookScreen() {
  const { language, words } = useLanguage();
  const { data } = useQuery(countsQuery(ALL));
  const choosing = useChosen();
  const total = data === undefined ? {} : { lead: counted(language, words.look.counted, data.total) };
  return (
    <Page title={words.look.title} {...total}>
      <ExhibitList search={ALL} {...choosing} />
      <ChosenBar chosen={choosing.chosen} />
    </Page>
  );
}
