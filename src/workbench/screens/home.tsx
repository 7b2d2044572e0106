/** The first screen: three things to do. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { RecoveryNotice } from "../account/notice.tsx";
import { Page } from "../frame/page.tsx";
import { SentInLine } from "../inbox/line.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { houseQuery } from "../queries.ts";
import { Sample } from "../sample/sample.tsx";
import "./home.css";

export function Home() {
  const { home } = useWords().shell;
  const { data: house } = useQuery(houseQuery);
  const may = useMay();
  const ways = [
    { to: "/save", name: home.save, what: home.saveWhat, does: "POST /api/captures" },
    { to: "/look", name: home.look, what: home.lookWhat, does: "GET /api/exhibits" },
    { to: "/show", name: home.placard, what: home.placardWhat, does: "POST /api/placards" },
  ] as const;
  return (
    <Page title={home.title} {...(house?.name === undefined ? {} : { over: <bdi>{house.name}</bdi> })}>
      <RecoveryNotice />
      <div className="ways">
        {ways
          .filter(({ does }) => may(does))
          .map(({ to, name, what }) => (
            <Link key={to} to={to} className="way">
              <strong className="poster">{name}</strong>
              <span>{what}</span>
            </Link>
          ))}
      </div>
      {may("GET /api/inbox") ? <SentInLine /> : null}
      <p className="quiet">{home.sealed}</p>
      {may("POST /api/sample") ? <Sample /> : null}
    </Page>
  );
}
