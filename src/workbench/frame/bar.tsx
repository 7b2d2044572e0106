/** The bar over every screen. On a phone the doors lie at the foot, where a thumb is. */
import { Link } from "@tanstack/react-router";
import { CoverAll } from "../care/cover-all.tsx";
import { useWords } from "../language.tsx";
import { useMay } from "../may.ts";
import { doorsFor } from "./doors.ts";
import { LanguageChoice } from "./language-choice.tsx";
import { MemberMenu } from "./member-menu.tsx";
import "./bar.css";

export function Bar() {
  const words = useWords();
  const may = useMay();
  return (
    <header className="bar">
      <Link to="/" className="brand poster">
        {words.shell.name}
      </Link>
      <nav aria-label={words.shell.doors} className="doors">
        {doorsFor(may).map(({ to, name }) => (
          <Link key={to} to={to} className="door" data-door={to}>
            <span>{name(words)}</span>
          </Link>
        ))}
      </nav>
      <CoverAll />
      <MemberMenu />
    </header>
  );
}

/** Before anyone is known: the name, and the languages. */
export function BareBar() {
  const { name } = useWords().shell;
  return (
    <header className="bar">
      <span className="brand poster">{name}</span>
      <LanguageChoice />
    </header>
  );
}
