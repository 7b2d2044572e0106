/** Exhibits one under another, newest first. Their pictures are covered: nothing appears that was not asked for. */
import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ShowTitles, Title } from "../care/titles.tsx";
import { Chip } from "../frame/chip.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { useMoments } from "../frame/moment.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { useMay } from "../may.ts";
import { fill } from "../words/words.ts";
import { Marked } from "./marked.tsx";
import { type Found, foundQuery, type Search, STANDINGS } from "./queries.ts";
import "@mantine/core/styles/Checkbox.css";
import "../style/fields.css";
import "./list.css";

interface Choosing {
  readonly chosen: ReadonlySet<string>;
  readonly choose: (id: string, on: boolean) => void;
}

export function ExhibitList({ search, ...choosing }: { readonly search: Search } & Choosing) {
  const { look } = useLanguage().words;
  const may = useMay();
  const found = useInfiniteQuery(foundQuery(search));
  const exhibits = found.data?.pages.flatMap((page) => page.exhibits) ?? [];
  const isNarrowed = Object.keys(search).length > 0;
  return (
    <>
      <Trouble error={found.error} />
      {found.data !== undefined && exhibits.length === 0 ? (
        <div className="stack">
          <p className="quiet">{isNarrowed ? look.noneFound : look.none}</p>
          {isNarrowed || !may("POST /api/captures") ? null : (
            <div>
              <LinkButton to="/save">{look.first}</LinkButton>
            </div>
          )}
        </div>
      ) : null}
      {exhibits.length === 0 ? null : <ShowTitles />}
      <ul className="exhibits sheet">
        {exhibits.map((exhibit) => (
          <Row key={exhibit.id} exhibit={exhibit} {...choosing} />
        ))}
      </ul>
      {found.hasNextPage ? (
        <div>
          <Button variant="default" disabled={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
            {look.more}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Row({ exhibit, chosen, choose }: { readonly exhibit: Found } & Choosing) {
  const { look, sample } = useLanguage().words;
  const may = useMay();
  const moment = useMoments();
  const { id, state, sealedAt, postedAt, url, marks, platform } = exhibit;
  const isErased = state === "erased";
  const named = isErased ? look.erasedTitle : marks.title.length === 0 ? look.untitled : undefined;
  const standing = STANDINGS.find((one) => one === exhibit.standing);
  return (
    <li className="exhibit-row">
      {may("POST /api/placards") ? (
        <label className="exhibit-choose">
          <Checkbox
            aria-label={fill(look.choose, { id })}
            checked={chosen.has(id)}
            disabled={isErased}
            onChange={(event) => choose(id, event.currentTarget.checked)}
          />
        </label>
      ) : null}
      <Link to="/look/$id" params={{ id }} className="exhibit-link">
        <strong dir="auto">
          {named ?? (
            <Title>
              <Marked pieces={marks.title} />
            </Title>
          )}
        </strong>
        <span className="small quiet exhibit-where" dir="ltr">
          {(url ?? "").replace(/^https?:\/\//, "")}
        </span>
        <span className="small quiet">
          {[
            postedAt === null ? "" : fill(look.postedAt, { time: moment(postedAt) }),
            fill(look.sealedAt, { time: moment(sealedAt) }),
            platform ?? "",
          ]
            .filter((part) => part !== "")
            .join(" · ")}
        </span>
      </Link>
      {exhibit.sample ? <Chip tone="working">{sample.chip}</Chip> : null}
      {isErased ? <Chip tone="plain">{look.states.erased}</Chip> : null}
      {standing === undefined || standing === "unchecked" ? null : (
        <Chip tone={standing === "gone" ? "fails" : standing === "unchanged" ? "holds" : "working"}>
          {look.standings[standing]}
        </Chip>
      )}
    </li>
  );
}
