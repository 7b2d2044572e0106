/** What went out and what came, in the order of days; and what may be said of each. */
import { Button, NativeSelect, Textarea } from "@mantine/core";
import { useState } from "react";
import { answer } from "../api.ts";
import { onFilled } from "../form.ts";
import { LinkButton } from "../frame/link-button.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage } from "../language.tsx";
import { useMay } from "../may.ts";
import { calendarDay } from "../words/dates.ts";
import { fill } from "../words/words.ts";
import { type Letter, of, type Question, type Reply, type ReplyClass, useDeed } from "./queries.ts";
import "../style/fields.css";

export function Thread({ question }: { readonly question: Question }) {
  const { thread } = useLanguage().words.ask;
  const { letters, replies } = question;
  // Of one day, what went out stands before what came.
  const all = [
    ...letters.map((letter) => ({ day: letter.wentOn ?? question.today, letter, reply: undefined })),
    ...replies.map((reply) => ({ day: reply.cameOn, letter: undefined, reply })),
  ].toSorted((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return (
    <section className="sheet stack" aria-labelledby="thread">
      <h2 id="thread">{thread.title}</h2>
      {all.length === 0 ? <p className="quiet">{thread.none}</p> : null}
      <ol className="thread">
        {all.map(({ letter, reply }) =>
          letter === undefined ? (
            <li key={reply.id} className="stack">
              <Came question={question} reply={reply} />
            </li>
          ) : (
            <li key={letter.id} className="stack">
              <Went question={question} letter={letter} />
            </li>
          ),
        )}
      </ol>
    </section>
  );
}

interface WentParts {
  readonly question: Question;
  readonly letter: Letter;
}

function Went({ question: { id }, letter }: WentParts) {
  const { language, words } = useLanguage();
  const { thread, channels, states } = words.ask;
  const may = useMay();
  const saying = useDeed(id, (state: Letter["sayable"][number]) =>
    answer(of.carried.$post({ param: { id }, json: { letter: letter.id, state } })),
  );
  const day = (on: string): string => calendarDay(language, on);
  const told = [
    channels[letter.channel],
    fill(thread.asksBy, { day: day(letter.by) }),
    letter.wentOn === undefined ? "" : fill(thread.went, { day: day(letter.wentOn) }),
    letter.deliveredOn === undefined ? "" : fill(thread.arrived, { day: day(letter.deliveredOn) }),
    letter.cameBackOn === undefined ? "" : fill(thread.returned, { day: day(letter.cameBackOn) }),
  ];
  return (
    <>
      <p>
        <strong>{thread.letter}</strong> · {thread.fates[letter.fate]}
      </p>
      <p className="small quiet">{told.filter((one) => one !== "").join(" · ")}</p>
      {may("POST /api/questions/:id/carried") && letter.sayable.length > 0 ? (
        <div className="row">
          {letter.sayable.map((state) => (
            <Button key={state} variant="default" disabled={saying.isPending} onClick={() => saying.mutate(state)}>
              {states[state]}
            </Button>
          ))}
        </div>
      ) : null}
      <Trouble error={saying.error} />
    </>
  );
}

interface CameParts {
  readonly question: Question;
  readonly reply: Reply;
}

function Came({ question, reply }: CameParts) {
  const { language, words } = useLanguage();
  const { thread, channels, reading, classes } = words.ask;
  const told = [
    channels[reply.channel],
    fill(thread.came, { day: calendarDay(language, reply.cameOn) }),
    reply.from === undefined ? "" : fill(thread.from, { name: reply.from }),
  ];
  return (
    <>
      <p>
        <strong>{thread.natures[reply.nature]}</strong>
      </p>
      <p className="small quiet">{told.filter((one) => one !== "").join(" · ")}</p>
      {reply.text === undefined ? (
        <p className="quiet">{thread.whole}</p>
      ) : (
        <blockquote className="question-text" dir="auto">
          {reply.text}
        </blockquote>
      )}
      {reply.exhibit === undefined ? null : (
        <div>
          <LinkButton variant="default" to="/look/$id" params={{ id: reply.exhibit }}>
            {reply.exhibit}
          </LinkButton>
        </div>
      )}
      {reply.as === undefined ? null : <p>{fill(reading.agreed, { as: classes[reply.as] })}</p>}
      <Reading question={question} reply={reply} />
    </>
  );
}

function Reading({ question: { id, kind }, reply }: CameParts) {
  const { reading, classes } = useLanguage().words.ask;
  const may = useMay();
  const [as, choose] = useState<ReplyClass>("answered");
  const proposing = useDeed(id, (json: { reply: string; as: ReplyClass; quote?: string }) =>
    answer(of.classed.$post({ param: { id }, json })),
  );
  const agreeing = useDeed(id, (what: string) => answer(of.confirmed.$post({ param: { id }, json: { what } })));
  const { proposed } = reply;
  if (!may("POST /api/questions/:id/classed")) return null;
  const among = (Object.keys(classes) as ReplyClass[]).filter((one) => one !== "accepted" || kind === "invitation");
  return (
    <>
      {proposed === undefined ? null : (
        <>
          <p>{fill(reading.waits, { as: classes[proposed.as] })}</p>
          {proposed.quote === undefined ? null : (
            <blockquote className="question-text" dir="auto">
              {proposed.quote}
            </blockquote>
          )}
          {proposed.isOwn ? (
            <p className="quiet">{reading.own}</p>
          ) : (
            <div>
              <Button disabled={agreeing.isPending} onClick={() => agreeing.mutate(proposed.id)}>
                {reading.agree}
              </Button>
            </div>
          )}
          <Trouble error={agreeing.error} />
        </>
      )}
      <form
        className="stack"
        onSubmit={onFilled((filled) =>
          proposing.mutate({ reply: reply.id, as, ...(as === "declined" ? { quote: filled("quote") } : {}) }),
        )}
      >
        <NativeSelect
          label={reading.as}
          value={as}
          onChange={(event) => choose(event.currentTarget.value as ReplyClass)}
          data={among.map((value) => ({ value, label: classes[value] }))}
        />
        {as === "declined" ? (
          <Textarea name="quote" label={reading.quote} required maxLength={1000} autosize minRows={1} />
        ) : null}
        <Trouble error={proposing.error} />
        <div>
          <Button type="submit" variant="default" disabled={proposing.isPending}>
            {reading.propose}
          </Button>
        </div>
      </form>
    </>
  );
}
