/** How the house is set, for owners: who vouches for it, what a capture may take, sessions, languages. */
import { useQuery } from "@tanstack/react-query";
import { Page } from "../frame/page.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { meQuery } from "../queries.ts";
import { Sample } from "../sample/sample.tsx";
import { Authorities } from "../settings/authorities.tsx";
import { Group } from "../settings/group.tsx";
import { LimitsOf } from "../settings/limits.tsx";
import { settingsQuery } from "../settings/queries.ts";
import { CaptureSessions } from "../settings/sessions.tsx";
import { Witnesses } from "../settings/witnesses.tsx";
import "../style/fields.css";
import "../settings/settings.css";

export function SettingsScreen() {
  const { settings } = useWords();
  const { data: me } = useQuery(meQuery);
  const may = useMay();
  if (may("GET /api/settings")) return <Set />;
  return <Page title={settings.title} lead={me === undefined ? undefined : settings.notYours} />;
}

function Set() {
  const { settings } = useWords();
  const { data: now, error } = useQuery(settingsQuery);
  return (
    <Page title={settings.title} lead={settings.lead}>
      <Trouble error={error} />
      {now === undefined ? null : (
        <>
          <Group now={now} />
          <Authorities now={now} />
          <Witnesses now={now} />
          <LimitsOf now={now} />
          <CaptureSessions />
          <Sample />
        </>
      )}
    </Page>
  );
}
