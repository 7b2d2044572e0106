/** Who you are, and what is yours: preferences, where you are signed in, the way out. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId, useRef, useState } from "react";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { meQuery, waitingQuery } from "../queries.ts";
import { fill } from "../words/words.ts";
import { LeavingDialog, type Unsent, unsentOf, useLeaving } from "./leaving.tsx";
import { Trouble } from "./trouble.tsx";
import "./member-menu.css";

/** The browser's own popover: closed by Escape or a touch elsewhere, and its links follow the button for the keyboard. */
export function MemberMenu() {
  const { shell, device } = useWords();
  const { data: me } = useQuery(meQuery);
  const may = useMay();
  const id = useId();
  const sheet = useRef<HTMLElement>(null);
  const leaving = useLeaving(me?.actor ?? "");
  const [unsent, setUnsent] = useState<Unsent>();
  if (me === undefined) return null;
  // Opened without an answer, it is not known what somebody is called.
  const label = me.name === "" ? device.you : fill(shell.member, { name: me.name });
  const leave = async (): Promise<void> => {
    const found = await unsentOf(me.actor);
    if (found.waits || found.typed) setUnsent(found);
    else leaving.mutate({ erase: false });
  };
  const close = (): void => sheet.current?.hidePopover();
  return (
    <>
      <Button variant="subtle" className="member" aria-label={label} popoverTarget={id}>
        <bdi>{me.name === "" ? device.you : me.name}</bdi>
      </Button>
      <nav ref={sheet} id={id} popover="auto" className="member-menu" aria-label={label} onClick={close}>
        {may("GET /api/members") ? <Link to="/people">{shell.people}</Link> : null}
        {may("GET /api/inbox") ? <SentInLink /> : null}
        {may("PUT /api/intake/door") ? <Link to="/intake">{shell.intake}</Link> : null}
        {may("GET /api/case-folder") ? <Link to="/keep">{shell.keep}</Link> : null}
        {may("GET /api/health") ? <Link to="/health">{shell.health}</Link> : null}
        {may("GET /api/settings") ? <Link to="/settings">{shell.settings}</Link> : null}
        <Link to="/preferences">{shell.preferences}</Link>
        <Link to="/account">{shell.account}</Link>
        <Link to="/sessions">{shell.sessions}</Link>
        <button type="button" onClick={() => void leave()}>
          {shell.signOut}
        </button>
      </nav>
      {unsent === undefined ? (
        <Trouble error={leaving.error} />
      ) : (
        <LeavingDialog unsent={unsent} leaving={leaving} onStay={() => setUnsent(undefined)} />
      )}
    </>
  );
}

/** With how much of it waits. */
function SentInLink() {
  const { shell } = useWords();
  const { data } = useQuery(waitingQuery);
  const count = data?.waiting ?? 0;
  return <Link to="/inbox">{count === 0 ? shell.sentIn : fill(shell.sentInCount, { count })}</Link>;
}
