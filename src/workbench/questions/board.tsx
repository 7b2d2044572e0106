/** All questions under one another, each with its time as a strip. Newest first, never by who did what: this is no league table. */
import { Link } from "@tanstack/react-router";
import { Spoken } from "../frame/spoken.tsx";
import { useWords } from "../language.tsx";
import { fill } from "../words/words.ts";
import type { Question } from "./queries.ts";
import "./questions.css";

export function Board({ questions }: { readonly questions: readonly Question[] }) {
  const { ask } = useWords();
  const span = spanOf(questions);
  return (
    <>
      <p className="small quiet strips-told">{ask.strip}</p>
      <ul className="sheet lines questions">
        {questions.map((question) => (
          <li key={question.id} className="question-row">
            <Link to="/questions/$id" params={{ id: question.id }} className="question-link">
              <strong dir="auto">{question.to.person.name}</strong>
              <span className="small quiet" dir="auto">
                {fill(ask.to, { office: question.to.post.label, organization: question.to.organization.name })}
              </span>
              <span>
                <Spoken english={question.status.said.text} told={question.status.said.told} />
              </span>
            </Link>
            <Strip question={question} span={span} />
          </li>
        ))}
      </ul>
    </>
  );
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const at = (day: string): number => Date.parse(day.slice(0, 10));
const daysOf = ({ askedAt, by, today, letters, replies }: Question): readonly number[] =>
  [askedAt ?? by, by, today, ...letters.map((letter) => letter.by), ...replies.map(({ cameOn }) => cameOn)].map(at);
const DAY = 86_400_000;

function spanOf(questions: readonly Question[]): Span {
  const days = questions.flatMap(daysOf);
  return { from: Math.min(...days) - DAY, to: Math.max(...days) + DAY };
}

/** For the eye only: the row says in words what is to be known. */
function Strip({ question, span }: { readonly question: Question; readonly span: Span }) {
  const place = (day: string): number => (1000 * (at(day) - span.from)) / (span.to - span.from);
  const { askedAt, by, today, letters, replies } = question;
  const start = place(askedAt ?? by);
  const end = Math.max(place(by), ...letters.map((letter) => place(letter.by)));
  return (
    <svg className="strip" viewBox="0 0 1000 40" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect className="strip-bar" x={start} y={16} width={Math.max(2, end - start)} height={8} />
      {letters.map(({ id, wentOn }) =>
        wentOn === undefined ? null : (
          <rect key={id} className="strip-mark" x={place(wentOn)} y={8} width={4} height={24} />
        ),
      )}
      {replies.map(({ id, cameOn }) => (
        <rect key={id} className="strip-mark" x={place(cameOn) - 6} y={12} width={12} height={16} />
      ))}
      <rect className="strip-today" x={place(today)} y={0} width={2} height={40} />
    </svg>
  );
}
