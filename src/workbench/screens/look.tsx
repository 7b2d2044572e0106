/** All there is, newest first. */
import { useQuery } from "@tanstack/react-query";
import { Keys } from "../find/keys.tsx";
import { ChooseAll, ManyBar } from "../find/many.tsx";
import { Page } from "../frame/page.tsx";
import { useLanguage } from "../language.tsx";
import { useChosen } from "../look/chosen.tsx";
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
      <div className="row">
        <ChooseAll search={ALL} {...choosing} />
        <Keys chooseNone={choosing.chooseNone} />
      </div>
      <ExhibitList search={ALL} {...choosing} />
      <ManyBar {...choosing} />
    </Page>
  );
}
