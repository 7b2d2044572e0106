/** What is taken out of the house: a back-up of everything for the group itself, a case for others. */
import { useQuery } from "@tanstack/react-query";
import { Page } from "../frame/page.tsx";
import { BackUp } from "../keep/back-up.tsx";
import { HandOut } from "../keep/hand-out.tsx";
import { TakeIn } from "../keep/take-in.tsx";
import { useWords } from "../language.tsx";
import { leads } from "../people/roles.ts";
import { meQuery } from "../queries.ts";
import "../style/fields.css";
import "../keep/keep.css";

export function Keep() {
  const { keep } = useWords();
  const { data: me } = useQuery(meQuery);
  return (
    <Page title={keep.title} lead={leads(me) ? keep.lead : keep.notYours}>
      {leads(me) ? (
        <>
          <BackUp isOwner={me.role === "owner"} />
          <HandOut />
          <TakeIn />
        </>
      ) : null}
    </Page>
  );
}
