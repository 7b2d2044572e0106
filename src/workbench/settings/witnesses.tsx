/** Witnesses: who countersigns, asking one, adding one. */
import { Button, TextInput } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef } from "react";
import { answer, api } from "../api.ts";
import { onFilled } from "../form.ts";
import { useGoing } from "../frame/going.ts";
import { useMoments } from "../frame/moment.ts";
import { Trouble } from "../frame/trouble.tsx";
import { useWords } from "../language.tsx";
import { fill } from "../words/words.ts";
import { type Settings, useChange, type Witness } from "./queries.ts";
import { Keeping, Section } from "./section.tsx";

const MOST = 8;

export function Witnesses({ now }: { readonly now: Settings }) {
  const { settings, shell } = useWords();
  const { witnesses } = settings;
  const all = now.witnesses;
  const changing = useChange();
  const going = useGoing();
  return (
    <Section id="witnesses" title={witnesses.title} lead={witnesses.lead}>
      {all.length === 0 ? <p>{witnesses.none}</p> : null}
      <ul ref={going.list} className="lines" aria-labelledby="witnesses">
        {all.map((witness) => (
          <One
            key={witness.vkey}
            witness={witness}
            remove={() => {
              going.leaves(fill(shell.removed, { name: nameOf(witness) }));
              changing.mutate({ witnesses: all.filter((one) => one !== witness) }, { onError: going.stays });
            }}
          />
        ))}
      </ul>
      <span role="status">{going.said}</span>
      <Trouble error={changing.error} />
      {all.length < MOST ? <Adding all={all} /> : null}
    </Section>
  );
}

function nameOf({ vkey, url }: Witness): string {
  const [name = url] = vkey.split("+");
  return name;
}

function One({ witness, remove }: { readonly witness: Witness; readonly remove: () => void }) {
  const { settings } = useWords();
  const { witnesses, time } = settings;
  const moment = useMoments();
  const name = nameOf(witness);
  const trying = useMutation({ mutationFn: () => answer(api.settings["try-witness"].$post({ json: witness })) });
  const { data } = trying;
  const said = data === undefined ? "" : fill(witnesses.answered, { name: data.name, time: moment(data.time) });
  return (
    <li className="line">
      <div className="line-what">
        <strong>
          <bdi dir="ltr">{name}</bdi>
        </strong>
        <span className="small quiet">
          <bdi dir="ltr">{witness.url}</bdi>
        </span>
        <Trouble error={trying.error} />
        <p role="status" className="small">
          {trying.isPending ? time.asking : said}
        </p>
      </div>
      <div className="row">
        <Button
          variant="default"
          aria-label={fill(witnesses.askOf, { name })}
          disabled={trying.isPending}
          onClick={() => trying.mutate()}
        >
          {witnesses.ask}
        </Button>
        <Button variant="subtle" aria-label={fill(witnesses.removeOf, { name })} onClick={remove}>
          {settings.remove}
        </Button>
      </div>
    </li>
  );
}

function Adding({ all }: { readonly all: readonly Witness[] }) {
  const { settings } = useWords();
  const { witnesses } = settings;
  const form = useRef<HTMLFormElement>(null);
  const changing = useChange(() => form.current?.reset());
  return (
    <form
      ref={form}
      className="stack settings-form"
      onSubmit={onFilled((filled) =>
        changing.mutate({ witnesses: [...all, { vkey: filled("vkey").trim(), url: filled("url").trim() }] }),
      )}
    >
      <TextInput
        name="vkey"
        required
        maxLength={500}
        dir="ltr"
        classNames={{ input: "mono" }}
        label={witnesses.key}
        description={witnesses.keyWhy}
      />
      <TextInput name="url" type="url" required dir="ltr" label={witnesses.url} description={settings.time.urlWhy} />
      <Keeping changing={changing} label={settings.add} />
    </form>
  );
}
