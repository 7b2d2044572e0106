/** Saving: one field for links, room to drop files, and beneath it what becomes of each. */
import { useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useEvents } from "../events.ts";
import { Page } from "../frame/page.tsx";
import { useWords } from "../language.tsx";
import { BrowserBar } from "../save/browser-bar.tsx";
import { SaveForm } from "../save/form.tsx";
import { sendKept } from "../save/outbox.ts";
import { savedQuery } from "../save/queries.ts";
import { Recent } from "../save/recent.tsx";
import { sharedLinks } from "../save/shared.ts";
import "../style/fields.css";
import "../save/save.css";

const route = getRouteApi("/members/save");
/** Milliseconds between two attempts to send what found no answer. */
const AGAIN = 15_000;

export function Save() {
  const { save } = useWords();
  const queries = useQueryClient();
  const shared = route.useSearch();
  const navigate = route.useNavigate();
  const links = sharedLinks(shared);
  const isShared = Object.keys(shared).length > 0;
  // What was saved is not in the address any more: opened again, it would look as if it were not.
  const forgetShared = (): void => void (isShared && navigate({ search: {}, replace: true }));
  const [kept, setKept] = useState(0);
  const look = (): void => void queries.invalidateQueries({ queryKey: savedQuery.queryKey });
  useEvents("/api/events", { link: look, look, exhibit: look });
  useEffect(() => {
    const attempt = (): void => {
      void sendKept().then((left) => {
        setKept(left);
        void queries.invalidateQueries({ queryKey: savedQuery.queryKey });
      });
    };
    attempt();
    const timer = setInterval(attempt, AGAIN);
    globalThis.addEventListener("online", attempt);
    return () => {
      clearInterval(timer);
      globalThis.removeEventListener("online", attempt);
    };
  }, [queries]);
  return (
    <Page title={save.title}>
      {isShared ? <p role="status">{links === "" ? save.sharedNothing : save.shared}</p> : null}
      <SaveForm links={links} onSaved={forgetShared} onKept={setKept} />
      {kept > 0 ? (
        <p role="status" className="kept">
          {save.kept}
        </p>
      ) : null}
      <Recent />
      <BrowserBar />
      <p className="quiet">{save.means}</p>
    </Page>
  );
}
