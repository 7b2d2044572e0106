/** Exhibits one under another, newest first. Their pictures are covered: nothing appears that was not asked for. */
import { Button, Checkbox } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useRef } from "react";
import { hasHost } from "../care/addresses.ts";
import { Covered, ShowTitles, Title, useAddressesIn } from "../care/titles.tsx";
import { Chip } from "../frame/chip.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { useMoments } from "../frame/moment.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { useMay } from "../may.ts";
import { isMoment } from "../words/dates.ts";
import { fill } from "../words/words.ts";
import type { Choosing } from "./chosen.tsx";
import { Hits } from "./hits.tsx";
import { Marked } from "./marked.tsx";
import { type Found, foundQuery, isNarrowed, type Search, STANDINGS } from "./queries.ts";
import "@mantine/core/styles/Checkbox.css";
import "../style/fields.css";
import "./list.css";

type Choices = Pick<Choosing, "chosen" | "choose">;

export function ExhibitList({ search, chosen, choose }: { readonly search: Search } & Choices) {
  const { look } = useLanguage().words;
  const may = useMay();
  const found = useInfiniteQuery(foundQuery(search));
  const exhibits = found.data?.pages.flatMap((page) => page.exhibits) ?? [];
  const last = useRef<string>(undefined);
  const pick = (id: string, on: boolean, upTo: boolean): void => {
    const there = exhibits.filter(({ state }) => state !== "erased").map((one) => one.id);
    const [from, to] = [there.indexOf(last.current ?? id), there.indexOf(id)];
    choose(upTo && from >= 0 ? there.slice(Math.min(from, to), Math.max(from, to) + 1) : [id], on);
    last.current = id;
  };
  return (
    <>
      <Trouble error={found.error} />
      {found.data !== undefined && exhibits.length === 0 ? (
        <div className="stack">
          <p className="quiet">{isNarrowed(search) ? look.noneFound : look.none}</p>
          {isNarrowed(search) || !may("POST /api/captures") ? null : (
            <div>
              <LinkButton to="/save">{look.first}</LinkButton>
            </div>
          )}
        </div>
      ) : null}
      {exhibits.length === 0 ? null : <ShowTitles />}
      <ul className="exhibits sheet">
        {exhibits.map((exhibit) => (
          <Row key={exhibit.id} exhibit={exhibit} isChosen={chosen.has(exhibit.id)} pick={pick} />
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

function Where({ url }: { readonly url: string }) {
  const addressesIn = useAddressesIn();
  if (url !== "" && !hasHost(url)) return <Covered>{url}</Covered>;
  return addressesIn(url).replace(/^https?:\/\//, "");
}

interface RowParts {
  readonly exhibit: Found;
  readonly isChosen: boolean;
  /** `upTo`: with all between it and the one before. */
  readonly pick: (id: string, on: boolean, upTo: boolean) => void;
}

function Row({ exhibit, isChosen, pick }: RowParts) {
  const { look, find, sample } = useLanguage().words;
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
            checked={isChosen}
            disabled={isErased}
            onChange={(event) =>
              pick(id, event.currentTarget.checked, (event.nativeEvent as MouseEvent).shiftKey === true)
            }
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
        {isErased ? null : <Hits marks={marks} />}
        <span className="small quiet exhibit-where" dir="ltr">
          <Where url={url ?? ""} />
        </span>
        <span className="small quiet">
          {[
            // Words in a time's place are covered as all words of a post are: its own page has them.
            postedAt === null || !isMoment(postedAt) ? "" : fill(look.postedAt, { time: moment(postedAt) }),
            fill(look.sealedAt, { time: moment(sealedAt) }),
            platform ?? "",
          ]
            .filter((part) => part !== "")
            .join(" · ")}
        </span>
        {exhibit.tags.length === 0 ? null : (
          <span className="small quiet" dir="auto">
            {fill(find.tagged, { tags: exhibit.tags.join(", ") })}
          </span>
        )}
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
