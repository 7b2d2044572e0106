/** With the code: how it stands, one more word, and taking it back. And the code itself, the one time that it is shown. */
import { momentOf } from "../words/dates.ts";
import { fill } from "../words/words.ts";
import { ask, type Receipt } from "./ask.ts";
import { button, type Child, el, field, said } from "./elements.ts";
import type { Speech } from "./speech.ts";
import { trouble } from "./trouble.ts";

const page = (title: string, lead: string | undefined, ...children: readonly Child[]): HTMLElement =>
  el(
    "main",
    { id: "main", tabindex: "-1", class: "page" },
    el(
      "header",
      { class: "page-head" },
      el("h1", { tabindex: "-1" }, title),
      lead === undefined ? undefined : el("p", { class: "page-lead" }, lead),
    ),
    ...children,
  );

export function sentView({ words: { sent } }: Speech, code: string, go: (to: "form" | "receipt") => void): HTMLElement {
  const told = said();
  const copy = (): void => {
    const copying = navigator.clipboard?.writeText(code) ?? Promise.reject(new Error("no clipboard"));
    copying.then(
      () => (told.textContent = sent.copied),
      () => (told.textContent = sent.byHand),
    );
  };
  return page(
    sent.title,
    sent.lead,
    el(
      "div",
      { class: "sheet main stack" },
      el("p", { class: "field-name", id: "code-name" }, sent.code),
      el("p", { class: "code", "aria-labelledby": "code-name" }, ...groupsOf(code)),
      el("div", {}, button(sent.copy, copy, true)),
      told,
    ),
    el("p", {}, sent.keep),
    el(
      "div",
      { class: "row" },
      button(sent.look, () => go("receipt")),
      button(sent.another, () => go("form")),
    ),
  );
}

/** Two groups stay together where the line breaks. */
function groupsOf(code: string): readonly Child[] {
  return (code.match(/.{9}-?/g) ?? []).map((pair) => el("span", {}, pair));
}

/** `code`: the one just given, so that it need not be typed. */
export function receiptView(speech: Speech, code: string): HTMLElement {
  const { receipt } = speech.words;
  const outcome = el("div", { class: "stack" });
  const status = said();
  const attributes = {
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    dir: "ltr",
    class: "typed",
  };
  const { input, whole } = field("input", "code", { label: receipt.code, attributes });
  input.value = code;
  const look = async (): Promise<void> => {
    outcome.replaceChildren();
    if (input.value.trim() === "") return;
    status.textContent = receipt.looking;
    try {
      const typed = headerText(input.value);
      outcome.replaceChildren(...standing(speech, typed, await askReceipt(typed), outcome));
    } catch (error) {
      outcome.replaceChildren(trouble(error, speech.words));
    } finally {
      status.textContent = "";
    }
  };
  const submit = el("button", { type: "submit", class: "button main" }, receipt.look);
  const form = el("form", { class: "sheet stack", novalidate: true }, whole, el("div", {}, submit), status);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void look();
  });
  if (code !== "") void look();
  return page(receipt.title, receipt.lead, form, outcome);
}

const askReceipt = (code: string, what = "", json?: unknown): Promise<Receipt> =>
  ask(`/receipt${what}`, { headers: { "placard-receipt": code }, ...(json === undefined ? {} : { json }) });

/** A header takes no other letters; in a code there are none. */
const headerText = (typed: string): string => typed.replace(/[^\x20-\x7e]/g, "").slice(0, 100);

function standing(speech: Speech, code: string, told: Receipt, into: HTMLElement): readonly HTMLElement[] {
  const { receipt } = speech.words;
  const again = (now: Receipt): void => into.replaceChildren(...standing(speech, code, now, into));
  const isOver = told.state === "withdrawn" || told.state === "erased";
  const isSealed = told.parts.some(({ standing: now }) => now === "saved" || now === "saving");
  const reason = told.reason === undefined ? receipt.noReason : fill(receipt.reason, { reason: told.reason });
  return [
    el(
      "section",
      { class: "sheet main stack", role: "status" },
      el("h2", {}, receipt.states[told.state]),
      told.state === "declined" ? el("p", { dir: "auto" }, reason) : undefined,
      told.state === "withdrawn" ? el("p", {}, isSealed ? receipt.asked : receipt.nothingKept) : undefined,
      el("p", { class: "quiet small" }, fill(receipt.sentAt, { date: momentOf(speech.language, told.at) })),
      told.parts.length === 0 ? undefined : partList(speech, told),
    ),
    ...(isOver ? [] : [addWord(speech, code), takeBack(speech, code, again)]),
  ];
}

function partList({ words: { receipt } }: Speech, { parts }: Receipt): HTMLElement {
  const counts = { link: 0, picture: 0 };
  const rows = parts.map(({ kind, standing: now }) => {
    counts[kind]++;
    const name = fill(receipt[kind], { n: counts[kind] });
    return el(
      "li",
      {},
      el("span", {}, name),
      el("span", { class: "standing", "data-standing": now }, receipt.standings[now]),
    );
  });
  return el("ul", { class: "parts", "aria-label": receipt.parts }, ...rows);
}

function addWord({ words }: Speech, code: string): HTMLElement {
  const { receipt } = words;
  const outcome = el("div");
  const status = said();
  const attributes = { rows: "2", maxlength: "2000" };
  const { input, whole } = field("textarea", "more", { label: receipt.add, hint: receipt.addHint, attributes });
  const add = async (): Promise<void> => {
    outcome.replaceChildren();
    status.textContent = "";
    if (input.value.trim() === "") return;
    try {
      await askReceipt(code, "/words", { text: input.value });
      input.value = "";
      status.textContent = receipt.added;
    } catch (error) {
      outcome.replaceChildren(trouble(error, words));
    }
  };
  return el(
    "section",
    { class: "sheet stack" },
    whole,
    outcome,
    el(
      "div",
      {},
      button(receipt.addButton, () => void add()),
    ),
    status,
  );
}

function takeBack({ words }: Speech, code: string, again: (now: Receipt) => void): HTMLElement {
  const { receipt } = words;
  const whole = el("section", { class: "sheet stack" });
  const outcome = el("div");
  const goOn = async (): Promise<void> => {
    try {
      again(await askReceipt(code, "/withdrawal", {}));
    } catch (error) {
      outcome.replaceChildren(trouble(error, words));
    }
  };
  const confirm = (): void => {
    const yes = button(receipt.backYes, () => void goOn(), true);
    whole.replaceChildren(
      el("p", {}, receipt.backWhat),
      outcome,
      el("div", { class: "row" }, yes, button(receipt.backNo, rest)),
    );
    yes.focus();
  };
  const rest = (): void => whole.replaceChildren(el("div", {}, button(receipt.back, confirm)));
  rest();
  return whole;
}
