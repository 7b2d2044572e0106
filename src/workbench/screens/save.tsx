/** Saving: one field for links, room to drop files, and beneath it what becomes of each. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useEffectEvent, useState } from "react";
import { useEvents } from "../events.ts";
import { Page } from "../frame/page.tsx";
import { useLanguage } from "../language.tsx";
import { useMay } from "../may.ts";
import { meQuery } from "../queries.ts";
import { BrowserBar } from "../save/browser-bar.tsx";
import { SaveForm } from "../save/form.tsx";
import { countKept, sendKept } from "../save/outbox.ts";
import { savedQuery, takeLink } from "../save/queries.ts";
import { Recent } from "../save/recent.tsx";
import { sharedLinks } from "../save/shared.ts";
import { counted } from "../words/words.ts";
import "../style/fields.css";
import "../save/save.css";

const route = getRouteApi("/members/save");
/** Milliseconds between two attempts to send what found no answer. */
const AGAIN = 15_000;

export function Save() {
  const { data: me } = useQuery(meQuery);
  const { save, shell } = useLanguage().words;
  const may = useMay();
  if (!may("POST /api/captures")) return <Page title={save.title} lead={shell.wrong.codes.role} />;
  return me === undefined ? null : <Saving actor={me.actor} />;
}

function Saving({ actor }: { readonly actor: string }) {
  const { language, words } = useLanguage();
  const { save } = words;
  const queries = useQueryClient();
  const shared = route.useSearch();
  const navigate = route.useNavigate();
  const links = sharedLinks(shared);
  const isShared = Object.keys(shared).length > 0;
  // What was saved is not in the address any more: opened again, it would look as if it were not.
  const forgetShared = (): void => void (isShared && navigate({ search: {}, replace: true }));
  const { kept, count } = useKept(actor);
  const look = (): void => void queries.invalidateQueries({ queryKey: savedQuery.queryKey });
  useEvents("/api/events", { link: (told) => takeLink(queries, told), look, exhibit: look });
  return (
    <Page title={save.title}>
      {isShared ? <p role="status">{links === "" ? save.sharedNothing : save.shared}</p> : null}
      <SaveForm links={links} actor={actor} onSaved={forgetShared} onSettled={count} />
      {kept > 0 ? (
        <p role="status" className="kept">
          {counted(language, save.kept, kept)}
        </p>
      ) : null}
      <Recent />
      <BrowserBar />
      <p className="quiet">{save.means}</p>
    </Page>
  );
}

/** How many links of this member's wait on this device. They are sent now, every so often, and as soon as there is a network. */
function useKept(actor: string) {
  const queries = useQueryClient();
  const [kept, setKept] = useState(() => countKept(actor));
  const count = (): void => setKept(countKept(actor));
  const attempt = useEffectEvent(async (): Promise<void> => {
    if (countKept(actor) > 0) {
      // Somebody else may have signed in meanwhile, in another window.
      const me = await queries.fetchQuery({ ...meQuery, staleTime: 0, retry: false }).catch(() => undefined);
      if (me?.actor === actor) await sendKept(actor);
      void queries.invalidateQueries({ queryKey: savedQuery.queryKey });
    }
    count();
  });
  useEffect(() => {
    const again = (): void => void attempt();
    again();
    const timer = setInterval(again, AGAIN);
    globalThis.addEventListener("online", again);
    return () => {
      clearInterval(timer);
      globalThis.removeEventListener("online", again);
    };
  }, []);
  return { kept, count };
}
