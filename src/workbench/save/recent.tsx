/** What was asked for lately, and where each stands: newest first. */
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { answer, api } from "../api.ts";
import { ShowTitles, useAddressesIn } from "../care/titles.tsx";
import { Chip, type Tone } from "../frame/chip.tsx";
import { LinkButton } from "../frame/link-button.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { meQuery } from "../queries.ts";
import { counted, fill, type Words } from "../words/words.ts";
import { type SavedBatch, type SavedLink, savedQuery } from "./queries.ts";
import { SmallPicture } from "./small-picture.tsx";
import { whyNot } from "./why.ts";

export function Recent() {
  const { language, words } = useLanguage();
  const { save } = words;
  const { data, error } = useQuery(savedQuery);
  const { data: me } = useQuery(meQuery);
  const isOwn = ({ actor }: SavedBatch): boolean => actor !== undefined && actor === me?.actor;
  if (data === undefined) return <Trouble error={error} />;
  const links = data.batches.flatMap((batch) => batch.links.map((link) => ({ ...link, batch })));
  return (
    <section className="stack" aria-labelledby="recent">
      <div className="row recent-head">
        <h2 id="recent">{save.recent}</h2>
        <p className="quiet small" role="status">
          {sums(links, words, (forms, count) => counted(language, forms, count)).join(" · ")}
        </p>
      </div>
      {links.length === 0 ? <p className="quiet">{save.none}</p> : null}
      {links.every(({ batch }) => isOwn(batch)) ? null : <ShowTitles />}
      <ul className="saved sheet">
        {links.map((link) => (
          <Row key={link.item} link={link} batch={link.batch} isOwn={isOwn(link.batch)} />
        ))}
      </ul>
    </section>
  );
}

function sums(
  links: readonly SavedLink[],
  { save }: Words,
  count: (forms: Words["save"]["since"], n: number) => string,
): readonly string[] {
  const are = (...states: readonly string[]): number => links.filter(({ state }) => states.includes(state)).length;
  return [
    [save.sums.sealed, are("sealed")] as const,
    [save.sums.working, are(...UNDER_WAY, "queued")] as const,
    [save.sums.lost, are("not-captured")] as const,
  ].flatMap(([forms, n]) => (n === 0 ? [] : [count(forms, n)]));
}

const UNDER_WAY: readonly string[] = ["opening", "recording", "sealing", "pausing"];

function toneOf(state: string): Tone {
  if (state === "sealed") return "holds";
  if (state === "not-captured") return "fails";
  return UNDER_WAY.includes(state) ? "working" : "plain";
}

interface RowParts {
  readonly link: SavedLink;
  readonly batch: Pick<SavedBatch, "sample" | "signedIn" | "session">;
  /** Its reader pasted it themselves. */
  readonly isOwn: boolean;
}

function Row({ link, batch: { sample: isSample, signedIn, session }, isOwn }: RowParts) {
  const { save, sample } = useLanguage().words;
  const addressesIn = useAddressesIn();
  const address = isOwn ? link.url : addressesIn(link.url);
  const queries = useQueryClient();
  const settle = { onSettled: () => queries.invalidateQueries({ queryKey: savedQuery.queryKey }) };
  const param = { param: { item: link.item } };
  const cancel = useMutation({ mutationFn: () => answer(api.captures[":item"].cancel.$post(param)), ...settle });
  const retry = useMutation({ mutationFn: () => answer(api.captures[":item"].retry.$post(param)), ...settle });
  const isOpen = link.state === "queued" || UNDER_WAY.includes(link.state);
  return (
    <li className="saved-row">
      <div className="saved-picture">
        {link.state === "sealed" && link.exhibit !== undefined ? (
          <SmallPicture id={link.exhibit} of={address} />
        ) : (
          <span aria-hidden="true" className="small-picture" />
        )}
      </div>
      <div className="saved-what">
        <bdi className="saved-link" dir="ltr">
          {address.replace(/^https?:\/\//, "")}
        </bdi>
        {isSample === true ? <span className="small quiet">{sample.chip}</span> : null}
        {signedIn === true ? (
          <span className="small quiet">
            {session === undefined ? save.under.signedIn : fill(save.under.told, { name: session })}
          </span>
        ) : null}
        {link.state === "sealed" && link.doubt !== undefined ? <span className="small quiet">{save.doubt}</span> : null}
        <Trouble error={cancel.error ?? retry.error} />
      </div>
      <Chip tone={toneOf(link.state)}>
        <State link={link} />
      </Chip>
      <div>
        {link.state === "sealed" ? (
          <LinkButton to="/look/$id" params={{ id: link.exhibit ?? "" }} variant="subtle" size="sm">
            {save.look}
          </LinkButton>
        ) : null}
        {isOpen ? (
          <Button variant="subtle" size="sm" onClick={() => cancel.mutate()}>
            {save.cancel}
          </Button>
        ) : null}
        {(link.state === "not-captured" || link.state === "cancelled") &&
        (signedIn !== true || session !== undefined) ? (
          <Button variant="subtle" size="sm" onClick={() => retry.mutate()}>
            {save.retry}
          </Button>
        ) : null}
      </div>
    </li>
  );
}

function State({ link }: { readonly link: SavedLink }) {
  const reader = useLanguage();
  const { state } = reader.words.save;
  switch (link.state) {
    case "queued":
      return <>{state.queued}</>;
    case "sealed":
      return <>{state.sealed}</>;
    case "cancelled":
      return <>{state.cancelled}</>;
    case "not-captured":
      return <>{fill(state.notCaptured, { reason: whyNot(link, reader).text })}</>;
    default:
      return (
        <>
          {state[link.state]}
          <Since since={link.since} />
        </>
      );
  }
}

/** How long it has taken: a line that stands still looks broken. */
function Since({ since }: { readonly since: string | undefined }) {
  const { language, words } = useLanguage();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  if (since === undefined) return null;
  const seconds = Math.max(0, Math.round((now - Date.parse(since)) / 1000));
  return <> · {counted(language, words.save.since, seconds)}</>;
}
