/** One question: how it stands, what was asked, what went out and came, and what may be done now. */
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { LinkButton } from "../frame/link-button.tsx";
import { Page } from "../frame/page.tsx";
import { Spoken } from "../frame/spoken.tsx";
import { Trouble } from "../frame/trouble.tsx";
import { useLanguage, useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { NothingCame, Rest, SomethingCame, TakeBack } from "../questions/deeds.tsx";
import { NextLetter } from "../questions/letter.tsx";
import { type Question, questionQuery, questionsQuery } from "../questions/queries.ts";
import { Thread } from "../questions/thread.tsx";
import { calendarDay } from "../words/dates.ts";
import { counted, fill } from "../words/words.ts";
import "../questions/questions.css";

const route = getRouteApi("/members/questions/$id");

export function QuestionScreen() {
  const { ask } = useWords();
  const { id } = route.useParams();
  const { data: question, error } = useQuery(questionQuery(id));
  const to = question?.to;
  return (
    <Page
      title={to?.person.name ?? ask.title}
      {...(to === undefined
        ? {}
        : { over: <bdi>{fill(ask.to, { office: to.post.label, organization: to.organization.name })}</bdi> })}
    >
      <Trouble error={error} />
      {question === undefined ? null : (
        <div className="stack">
          <Standing question={question} />
          <Asked question={question} />
          <Thread question={question} />
          <Deeds question={question} />
          <div>
            <LinkButton variant="default" to="/questions">
              {ask.back}
            </LinkButton>
          </div>
        </div>
      )}
    </Page>
  );
}

interface Parts {
  readonly question: Question;
}

function Standing({ question: { status, waitsUntil, daysLeft, timeZone } }: Parts) {
  const { language, words } = useLanguage();
  const { ask } = words;
  return (
    <div className="stack">
      <p role="status" className="question-status">
        <Spoken english={status.said.text} told={status.said.told} />
      </p>
      {status.beside.map(({ text, told }) => (
        <p key={text}>
          <Spoken english={text} told={told} />
        </p>
      ))}
      {waitsUntil === undefined || daysLeft === undefined ? null : (
        <p>
          {daysLeft === 0 ? ask.lastDay : counted(language, ask.left, daysLeft)}{" "}
          {fill(ask.until, { day: calendarDay(language, waitsUntil), zone: timeZone })} {ask.nobodyOwes}
        </p>
      )}
    </div>
  );
}

function Asked({ question: { text, promise, exhibits, askedAt, by, language: written } }: Parts) {
  const { language, words } = useLanguage();
  const { ask } = words;
  const asked = askedAt === undefined ? "" : fill(ask.asked, { day: calendarDay(language, askedAt.slice(0, 10)) });
  return (
    <section className="sheet stack" aria-labelledby="asked">
      <h2 id="asked">{ask.form.text}</h2>
      <p className="small quiet">
        {[asked, fill(ask.askedFor, { day: calendarDay(language, by) })].filter((one) => one !== "").join(" · ")}
      </p>
      <blockquote className="question-text" lang={written} dir="auto">
        {text}
      </blockquote>
      <p className="quiet">
        {ask.form.promise}{" "}
        <bdi lang="en">
          <strong>{promise}</strong>
        </bdi>
      </p>
      {exhibits.length === 0 ? null : (
        <div className="stack">
          <h3>{ask.exhibits}</h3>
          <div className="row">
            {exhibits.map((id) => (
              <LinkButton key={id} variant="default" to="/look/$id" params={{ id }}>
                {id}
              </LinkButton>
            ))}
          </div>
        </div>
      )}
    </section>
  );
}

function Deeds({ question }: Parts) {
  const may = useMay();
  const { data } = useQuery(questionsQuery);
  if (!may("POST /api/questions/:id/letters") || data === undefined) return null;
  const came = <SomethingCame key={`came-${question.replies.length}`} question={question} />;
  // What comes all the same is taken in all the same.
  if (question.isWithdrawn) return came;
  return (
    <>
      <NextLetter question={question} mail={data.mail} />
      {came}
      <NothingCame question={question} />
      <Rest key={`rest-${question.pauses.length}`} question={question} />
      <TakeBack question={question} />
    </>
  );
}
