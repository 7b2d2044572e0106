/** Time authorities: who is asked, asking one, adding one. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { answer, api } from "../api.ts";
import { onFilled } from "../form.ts";
import { useGoing } from "../frame/going.ts";
import { useMoments } from "../frame/moment.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { fill } from "../words/words.ts";
import { type Authority, type Settings, useChange } from "./queries.ts";
import { Keeping, Section } from "./section.tsx";

const MOST = 8;
const HASHES = ["sha256", "sha384", "sha512"];

export function Authorities({ now }: { readonly now: Settings }) {
  const { settings, shell } = useWords();
  const { time } = settings;
  const all = now.timestampAuthorities;
  const changing = useChange();
  const going = useGoing();
  return (
    <Section id="time" title={time.title} lead={time.lead}>
      {all.length === 0 ? <p>{time.none}</p> : null}
      <ul ref={going.list} className="lines" aria-labelledby="time">
        {all.map((authority) => (
          <One
            key={authority.name}
            authority={authority}
            remove={() => {
              going.leaves(fill(shell.removed, { name: authority.name }));
              changing.mutate(
                { timestampAuthorities: all.filter((one) => one !== authority) },
                { onError: going.stays },
              );
            }}
          />
        ))}
      </ul>
      <span role="status">{going.said}</span>
      {changing.error === null ? null : <Trouble error={changing.error} />}
      {all.length < MOST ? <Adding all={all} /> : <p className="quiet">{time.full}</p>}
    </Section>
  );
}

function useTrying() {
  return useMutation({ mutationFn: (json: Authority) => answer(api.settings["try-authority"].$post({ json })) });
}

function Answered({ trying }: { readonly trying: ReturnType<typeof useTrying> }) {
  const { time } = useWords().settings;
  const moment = useMoments();
  const { data, error, isPending } = trying;
  const said = data === undefined ? "" : fill(time.answered, { time: moment(data.time), authority: data.authority });
  return (
    <>
      <Trouble error={error} />
      <p role="status" className="small">
        {isPending ? time.asking : said}
      </p>
    </>
  );
}

function One({ authority, remove }: { readonly authority: Authority; readonly remove: () => void }) {
  const { settings } = useWords();
  const { time } = settings;
  const { name, url, certificate } = authority;
  const trying = useTrying();
  return (
    <li className="line">
      <div className="line-what">
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <span className="small quiet">
          <bdi dir="ltr">{url}</bdi>
        </span>
        <span className="small quiet">{certificate === undefined ? time.unheld : time.held}</span>
        <Answered trying={trying} />
      </div>
      <div className="row">
        <Button
          variant="default"
          aria-label={fill(time.askOf, { name })}
          disabled={trying.isPending}
          onClick={() => trying.mutate(authority)}
        >
          {time.ask}
        </Button>
        <Button variant="subtle" aria-label={fill(time.removeOf, { name })} onClick={remove}>
          {settings.remove}
        </Button>
      </div>
    </li>
  );
}

function authorityIn(form: HTMLFormElement): Authority {
  const data = new FormData(form);
  const told = (name: string): string => String(data.get(name) ?? "").trim();
  const certificate = told("certificate");
  return {
    name: told("name"),
    url: told("url"),
    hash: told("hash") as Authority["hash"],
    ...(certificate === "" ? {} : { certificate }),
  };
}

function Adding({ all }: { readonly all: readonly Authority[] }) {
  const { settings } = useWords();
  const { time } = settings;
  const form = useRef<HTMLFormElement>(null);
  const [certificate, setCertificate] = useState("");
  const trying = useTrying();
  const changing = useChange(() => {
    form.current?.reset();
    setCertificate("");
    trying.reset();
  });
  const attempt = (): void => {
    if (form.current?.reportValidity() !== true) return;
    // What it is held to already must not keep it from telling what it could be held to.
    const { certificate: _, ...wanted } = authorityIn(form.current);
    trying.mutate(wanted, { onSuccess: (tried) => setCertificate(tried.certificate) });
  };
  return (
    <form
      ref={form}
      className="stack settings-form"
      onSubmit={onFilled(() => {
        if (form.current !== null) changing.mutate({ timestampAuthorities: [...all, authorityIn(form.current)] });
      })}
    >
      <TextInput name="name" required maxLength={200} dir="auto" label={time.name} description={time.nameWhy} />
      <TextInput name="url" type="url" required dir="ltr" label={time.url} description={time.urlWhy} />
      <TextInput
        name="certificate"
        dir="ltr"
        classNames={{ input: "mono" }}
        pattern="[A-Za-z0-9+\/]{43}="
        label={time.certificate}
        description={time.certificateWhy}
        value={certificate}
        onChange={(event) => setCertificate(event.currentTarget.value)}
      />
      <NativeSelect name="hash" label={time.digest} description={time.digestWhy} data={HASHES} dir="ltr" />
      <Answered trying={trying} />
      <Keeping
        changing={changing}
        label={settings.add}
        more={
          <Button variant="default" onClick={attempt} disabled={trying.isPending}>
            {time.ask}
          </Button>
        }
      />
    </form>
  );
}
