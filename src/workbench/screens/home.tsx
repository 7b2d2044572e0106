/** The first screen: three things to do. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Page } from "../frame/page.tsx";
import { SentInLine } from "../inbox/line.tsx";
import { useWords } from "../language.tsx";
import { takesIn } from "../people/roles.ts";
import { houseQuery, meQuery } from "../queries.ts";
import "./home.css";

export function Home() {
  const { home } = useWords().shell;
  const { data: house } = useQuery(houseQuery);
  const { data: me } = useQuery(meQuery);
  const ways = [
    ...(me?.role === "guest" ? [] : [{ to: "/save", name: home.save, what: home.saveWhat }]),
    { to: "/look", name: home.look, what: home.lookWhat },
    { to: "/show", name: home.placard, what: home.placardWhat },
  ];
  return (
    <Page title={home.title} {...(house?.name === undefined ? {} : { over: <bdi>{house.name}</bdi> })}>
      <div className="ways">
        {ways.map(({ to, name, what }) => (
          <Link key={to} to={to} className="way">
            <strong className="poster">{name}</strong>
            <span>{what}</span>
          </Link>
        ))}
      </div>
      {takesIn(me) ? <SentInLine /> : null}
      <p className="quiet">{home.sealed}</p>
    </Page>
  );
}
