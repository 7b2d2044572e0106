/** Saving: one field for links, room to drop files, and beneath it what becomes of each. */
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { useEvents } from "../events.ts";
import { Page } from "../frame/page.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { keptQuery } from "../offline/kept.ts";
import { meQuery } from "../queries.ts";
import { BrowserBar } from "../save/browser-bar.tsx";
import { SaveForm } from "../save/form.tsx";
import { Kept } from "../save/kept.tsx";
import { savedQuery, takeLink } from "../save/queries.ts";
import { Recent } from "../save/recent.tsx";
import { type Shared, sharedLinks } from "../save/shared.ts";
import "../style/fields.css";
import "../save/save.css";

const route = getRouteApi("/members/save");

export function Save() {
  const { data: me } = useQuery(meQuery);
  const { save, shell } = useWords();
  const may = useMay();
  if (!may("POST /api/captures")) return <Page title={save.title} lead={shell.wrong.codes.role} />;
  return me === undefined ? null : <Saving actor={me.actor} />;
}

function Saving({ actor }: { readonly actor: string }) {
  const { save } = useWords();
  const queries = useQueryClient();
  const shared = route.useSearch();
  const navigate = route.useNavigate();
  const links = sharedLinks(shared);
  const isShared = Object.keys(shared).length > 0;
  // What was saved is not in the address any more: opened again, it would look as if it were not.
  const forgetShared = (): void => void (isShared && navigate({ search: {}, replace: true }));
  const count = (): void => void queries.invalidateQueries({ queryKey: keptQuery(actor).queryKey });
  const look = (): void => void queries.invalidateQueries({ queryKey: savedQuery.queryKey });
  useEvents("/api/events", { link: (told) => takeLink(queries, told), look, exhibit: look });
  return (
    <Page title={save.title}>
      {isShared ? <SharedHere shared={shared} links={links} /> : null}
      <SaveForm
        links={links}
        actor={actor}
        hasFiles={shared.files === "kept"}
        onSaved={forgetShared}
        onSettled={count}
      />
      <Kept actor={actor} />
      <Recent />
      <BrowserBar />
      <p className="quiet">{save.means}</p>
    </Page>
  );
}

function SharedHere({ shared: { files }, links }: { readonly shared: Shared; readonly links: string }) {
  const { device, save } = useWords();
  return (
    <div role="status" className="stack">
      {links === "" && files !== undefined ? null : <p>{links === "" ? save.sharedNothing : save.shared}</p>}
      {files === "kept" ? <p className="kept">{device.sharedKept}</p> : null}
      {files === "full" ? <p>{device.sharedFull}</p> : null}
      {files === "away" ? <p>{device.sharedAway}</p> : null}
    </div>
  );
}
