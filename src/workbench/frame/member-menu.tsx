/** Who you are, and what is yours: preferences, where you are signed in, the way out. */
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useId, useRef } from "react";
import { auth } from "../api.ts";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { meQuery } from "../queries.ts";
import { fill } from "../words/words.ts";
import "./member-menu.css";

/** The browser's own popover: closed by Escape or a touch elsewhere, and its links follow the button for the keyboard. */
export function MemberMenu() {
  const { shell } = useWords();
  const { data: me } = useQuery(meQuery);
  const may = useMay();
  const id = useId();
  const sheet = useRef<HTMLElement>(null);
  const leaving = useMutation({
    mutationFn: () => auth("/sign-out", {}),
    // A fresh page: nothing of what was seen stays in memory.
    onSuccess: () => globalThis.location.assign("/sign-in"),
  });
  if (me === undefined) return null;
  const label = fill(shell.member, { name: me.name });
  const close = (): void => sheet.current?.hidePopover();
  return (
    <>
      <Button variant="subtle" className="member" aria-label={label} popoverTarget={id}>
        <bdi>{me.name}</bdi>
      </Button>
      <nav ref={sheet} id={id} popover="auto" className="member-menu" aria-label={label} onClick={close}>
        {may("GET /api/members") ? <Link to="/people">{shell.people}</Link> : null}
        {may("GET /api/case-folder") ? <Link to="/keep">{shell.keep}</Link> : null}
        {may("GET /api/health") ? <Link to="/health">{shell.health}</Link> : null}
        {may("GET /api/settings") ? <Link to="/settings">{shell.settings}</Link> : null}
        <Link to="/preferences">{shell.preferences}</Link>
        <Link to="/account">{shell.account}</Link>
        <Link to="/sessions">{shell.sessions}</Link>
        <button type="button" onClick={() => leaving.mutate()}>
          {shell.signOut}
        </button>
      </nav>
    </>
  );
}
