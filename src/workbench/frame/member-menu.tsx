/** Who you are, and what is yours: preferences, where you are signed in, the way out. */
import { Button, Menu } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { auth } from "../api.ts";
import { useWords } from "../language.tsx";
import { meQuery } from "../queries.ts";
import { fill } from "../words/words.ts";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import "./member-menu.css";

export function MemberMenu() {
  const { shell } = useWords();
  const { data: me } = useQuery(meQuery);
  const leaving = useMutation({
    mutationFn: () => auth("/sign-out", {}),
    // A fresh page: nothing of what was seen stays in memory.
    onSuccess: () => globalThis.location.assign("/sign-in"),
  });
  if (me === undefined) return null;
  return (
    <Menu position="bottom-end" width={260} offset={4}>
      <Menu.Target>
        <Button variant="subtle" className="member" aria-label={fill(shell.member, { name: me.name })}>
          <bdi>{me.name}</bdi>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {me.role === "guest" ? null : (
          <Menu.Item component={Link} to="/people">
            {shell.people}
          </Menu.Item>
        )}
        <Menu.Item component={Link} to="/preferences">
          {shell.preferences}
        </Menu.Item>
        <Menu.Item component={Link} to="/sessions">
          {shell.sessions}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => leaving.mutate()}>{shell.signOut}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
