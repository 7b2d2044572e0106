/** Who you are, and what is yours: preferences, where you are signed in, the way out. */
import { Button, Menu } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useWords } from "../language.tsx";
import { meQuery } from "../queries.ts";
import { fill } from "../words/words.ts";
import "@mantine/core/styles/Popover.css";
import "@mantine/core/styles/Menu.css";
import "./member-menu.css";

export function MemberMenu() {
  const { shell } = useWords();
  const { data: me } = useQuery(meQuery);
  if (me === undefined) return null;
  return (
    <Menu position="bottom-end" width={240} offset={4}>
      <Menu.Target>
        <Button variant="subtle" className="member" aria-label={fill(shell.member, { name: me.name })}>
          <bdi>{me.name}</bdi>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item component={Link} to="/people">
          {shell.people}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
