/** What is taken out of the house: a back-up of everything for the group itself, a case for others. */
import { Page } from "../frame/page.tsx";
import { BackUp } from "../keep/back-up.tsx";
import { HandOut } from "../keep/hand-out.tsx";
import { TakeIn } from "../keep/take-in.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import "../style/fields.css";
import "../keep/keep.css";

export function Keep() {
  const { keep } = useWords();
  const may = useMay();
  const isTheirs = may("GET /api/case-folder");
  return (
    <Page title={keep.title} lead={isTheirs ? keep.lead : keep.notYours}>
      {isTheirs ? (
        <>
          <BackUp isOwner={may("POST /api/back-up")} />
          <HandOut />
          <TakeIn />
        </>
      ) : null}
    </Page>
  );
}
