/** The page of strangers: it loads nothing of the workbench but its typefaces, colours and paper. */
import { ask, type Form } from "./ask.ts";
import { emptyDraft, keepDraft, keptDraft } from "./draft.ts";
import { button, el } from "./elements.ts";
import { formView } from "./form-view.ts";
import { receiptView, sentView } from "./receipt-view.ts";
import { firstLanguage, type Speech, speak, speakOther } from "./speech.ts";
import { trouble } from "./trouble.ts";
import "../style/fonts.css";
import "../style/roles.css";
import "../style/paper.css";
import "../frame/page.css";
import "../frame/trouble.css";
import "./send.css";

type Place = "form" | "sent" | "receipt";

const root = document.getElementById("send") as HTMLElement;
let speech: Speech;
let draft = keptDraft();
let form: Form | undefined;
let place: Place = location.hash === "#code" ? "receipt" : "form";
/** In memory only, and no longer than this page stands. */
let code = "";

function go(to: Place): void {
  place = to;
  history.replaceState(undefined, "", to === "receipt" ? "#code" : location.pathname);
  draw(true);
}

function view(): HTMLElement {
  const { words } = speech;
  if (place === "receipt") return receiptView(speech, code);
  if (place === "sent") return sentView(speech, code, go);
  if (form?.open === true) return formView({ words, form, draft, onSent: sent, onEmptied: emptied });
  const head = el("header", { class: "page-head" }, el("h1", { tabindex: "-1" }, words.closed.title));
  head.append(el("p", { class: "page-lead" }, words.closed.lead));
  return el("main", { id: "main", tabindex: "-1", class: "page" }, head);
}

function sent(given: string): void {
  code = given;
  forget();
  go("sent");
}

function emptied(): void {
  forget();
  draw(true);
}

function forget(): void {
  draft = emptyDraft();
  keepDraft(draft);
}

function draw(isMove = false): void {
  const { words } = speech;
  const way = (to: "form" | "receipt", text: string): HTMLButtonElement => {
    const made = button(text, () => go(to));
    made.className = "way";
    if (place === to) made.setAttribute("aria-current", "page");
    return made;
  };
  const other = button(words.other, () => void speakOther(speech).then(spoken));
  other.className = "way";
  other.lang = speech.language === "en" ? "he" : "en";
  const nav = el(
    "nav",
    { "aria-label": words.ways },
    way("form", words.toForm),
    way("receipt", words.toReceipt),
    other,
  );
  const shown = view();
  root.replaceChildren(
    el("a", { class: "skip", href: "#main" }, words.skip),
    el("header", { class: "send-bar" }, el("span", { class: "poster" }, words.name), nav),
    shown,
  );
  const heading = shown.querySelector("h1");
  document.title = `${heading?.textContent ?? ""} – ${words.name}`;
  if (isMove) heading?.focus();
}

function spoken(now: Speech): void {
  speech = now;
  draw();
  // The button that was pressed was made anew.
  root.querySelector<HTMLElement>("nav [lang]")?.focus();
}

/** The colours are by the device's wish; the workbench's style sheets go by this mark. */
function markColours(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const mark = (): void =>
    document.documentElement.setAttribute("data-mantine-color-scheme", dark.matches ? "dark" : "light");
  dark.addEventListener("change", mark);
  mark();
  if (matchMedia("(prefers-contrast: more)").matches) document.documentElement.dataset["contrast"] = "more";
}

markColours();
speech = await speak(firstLanguage());
root.replaceChildren(el("p", { class: "page", role: "status" }, speech.words.opening));
try {
  form = await ask<Form>("");
  draw();
} catch (error) {
  const retry = button(speech.words.toForm, () => location.reload());
  root.replaceChildren(
    el("main", { class: "page" }, el("h1", {}, speech.words.name), trouble(error, speech.words), el("div", {}, retry)),
  );
}
