/** What else members say about a question: something came, nothing came, it rests, it is taken back. */
import { Button, FileInput, NativeSelect, Textarea, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { answer } from "../api.ts";
import { onFilled } from "../form.ts";
import { Spoken } from "../frame/spoken.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { calendarDay } from "../words/dates.ts";
import { fill } from "../words/words.ts";
import { of, type Question, sendMail, useDeed } from "./queries.ts";
import "../style/fields.css";

interface Parts {
  readonly question: Question;
}

function Deed({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="sheet deed">
      <summary>
        <h2>{title}</h2>
      </summary>
      <div className="stack">{children}</div>
    </details>
  );
}

const WAYS = ["post", "handed", "person", "elsewhere", "email"] as const;

/** Of a day that is over, its noon; of today, now. */
const momentOn = (day: string, today: string): string | undefined =>
  day === "" || day >= today ? undefined : new Date(`${day}T12:00:00`).toISOString();

export function SomethingCame({ question: { id, today } }: Parts) {
  const { came: words, channels } = useWords().ask;
  const [file, setFile] = useState<File | null>(null);
  const taking = useDeed(id, (json: { channel: (typeof WAYS)[number]; text: string; from?: string; at?: string }) =>
    answer(of.replied.$post({ param: { id }, json })),
  );
  const [day, setDay] = useState(today);
  const sending = useDeed(id, (mail: File) => sendMail(id, mail, momentOn(day, today)));
  return (
    <Deed title={words.title}>
      <p className="small quiet">{words.what}</p>
      <form
        className="stack"
        onSubmit={onFilled((filled) => {
          const [from, at] = [filled("from").trim(), momentOn(filled("on"), today)];
          taking.mutate({
            channel: filled("channel") as (typeof WAYS)[number],
            text: filled("text"),
            ...(from === "" ? {} : { from }),
            ...(at === undefined ? {} : { at }),
          });
        })}
      >
        <NativeSelect
          name="channel"
          label={words.channel}
          data={WAYS.map((value) => ({ value, label: channels[value] }))}
        />
        <TextInput name="from" label={words.from} maxLength={300} dir="auto" />
        <Textarea name="text" label={words.text} required maxLength={20_000} autosize minRows={3} dir="auto" />
        <TextInput name="on" type="date" label={words.on} defaultValue={today} max={today} />
        <Trouble error={taking.error} />
        <div>
          <Button type="submit" variant="default" disabled={taking.isPending}>
            {words.take}
          </Button>
        </div>
      </form>
      <FileInput
        label={words.file}
        placeholder={file?.name ?? words.choose}
        accept=".eml,message/rfc822"
        value={file}
        onChange={setFile}
      />
      <Trouble error={sending.error} />
      {file === null ? null : (
        <>
          <TextInput
            type="date"
            label={words.on}
            value={day}
            max={today}
            onChange={(event) => setDay(event.currentTarget.value)}
          />
          <div>
            <Button variant="default" disabled={sending.isPending} onClick={() => sending.mutate(file)}>
              {words.takeFile}
            </Button>
          </div>
        </>
      )}
    </Deed>
  );
}

export function NothingCame({ question: { id, noLook } }: Parts) {
  const { looked: words } = useWords().ask;
  const looking = useDeed(id, () => answer(of.looked.$post({ param: { id }, json: {} })));
  return (
    <section className="sheet stack" aria-labelledby="looked">
      <h2 id="looked">{words.title}</h2>
      {noLook === undefined ? (
        <>
          <p>{words.what}</p>
          <Trouble error={looking.error} />
          <div>
            <Button variant="default" disabled={looking.isPending} onClick={() => looking.mutate(undefined)}>
              {words.say}
            </Button>
          </div>
        </>
      ) : (
        <p>
          <Spoken english={noLook.text} told={noLook.told} />
        </p>
      )}
    </section>
  );
}

const REASONS = ["ill", "bereaved", "away"] as const;

export function Rest({ question: { id, today, pauses } }: Parts) {
  const { language, words } = useLanguage();
  const { rest } = words.ask;
  const resting = useDeed(id, (json: { from: string; until?: string; reason: (typeof REASONS)[number] }) =>
    answer(of.paused.$post({ param: { id }, json })),
  );
  const ending = useDeed(id, (pause: string) => answer(of.resumed.$post({ param: { id }, json: { pause } })));
  const day = (on: string): string => calendarDay(language, on);
  return (
    <Deed title={rest.title}>
      <p className="small quiet">{rest.what}</p>
      {pauses.map(({ id: pause, from, until }) => (
        <div key={pause} className="row">
          <p>
            {until === undefined
              ? fill(rest.since, { from: day(from) })
              : fill(rest.between, { from: day(from), until: day(until) })}
          </p>
          {until !== undefined && until <= today ? null : (
            <Button variant="default" disabled={ending.isPending} onClick={() => ending.mutate(pause)}>
              {rest.end}
            </Button>
          )}
        </div>
      ))}
      <form
        className="stack"
        onSubmit={onFilled((filled) => {
          const until = filled("until");
          const reason = filled("reason") as (typeof REASONS)[number];
          resting.mutate({ from: filled("from"), reason, ...(until === "" ? {} : { until }) });
        })}
      >
        <TextInput name="from" type="date" label={rest.from} defaultValue={today} required />
        <TextInput name="until" type="date" label={rest.until} />
        <NativeSelect
          name="reason"
          label={rest.reason}
          data={REASONS.map((value) => ({ value, label: rest.reasons[value] }))}
        />
        <Trouble error={resting.error ?? ending.error} />
        <div>
          <Button type="submit" variant="default" disabled={resting.isPending}>
            {rest.begin}
          </Button>
        </div>
      </form>
    </Deed>
  );
}

export function TakeBack({ question: { id } }: Parts) {
  const { withdraw: words } = useWords().ask;
  const withdrawing = useDeed(id, (reason: string) => answer(of.withdrawn.$post({ param: { id }, json: { reason } })));
  return (
    <Deed title={words.title}>
      <form className="stack" onSubmit={onFilled((filled) => withdrawing.mutate(filled("reason")))}>
        <p className="small quiet">{words.what}</p>
        <TextInput name="reason" label={words.reason} required maxLength={300} dir="auto" />
        <Trouble error={withdrawing.error} />
        <div>
          <Button type="submit" variant="default" disabled={withdrawing.isPending}>
            {words.do}
          </Button>
        </div>
      </form>
    </Deed>
  );
}
