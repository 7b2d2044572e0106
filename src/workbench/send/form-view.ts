/** The form: what is sent, and what happens with it. What was typed stays, whatever goes wrong. */
import { fill } from "../words/words.ts";
import { ask, type Form, Refused, SILENCE } from "./ask.ts";
import { type Draft, isEmptyDraft, keepDraft } from "./draft.ts";
import { button, el, field, said } from "./elements.ts";
import { trouble } from "./trouble.ts";
import type { SendWords } from "./words-en.ts";
import { doWork } from "./work.ts";

const MOST_PICTURES = 2;
const LARGEST_PICTURE = 8 << 20;

interface FormParts {
  readonly words: SendWords;
  readonly form: Form;
  readonly draft: Draft;
  readonly onSent: (code: string) => void;
  readonly onEmptied: () => void;
}

export function formView({ words, form, draft, onSent, onEmptied }: FormParts): HTMLElement {
  const { form: told } = words;
  const outcome = el("div");
  const status = said();
  const text = (tag: "input" | "textarea", name: "links" | "words" | "contact", attributes: Record<string, string>) => {
    const { input, whole } = field(tag, name, { label: told[name], hint: told[`${name}Hint`], attributes });
    input.value = draft[name];
    input.addEventListener("input", () => {
      draft[name] = input.value;
      keepDraft(draft);
      showEmpty();
    });
    return whole;
  };
  const submit = el("button", { type: "submit", class: "button main" }, told.send);
  const empty = button(told.empty, onEmptied);
  const showEmpty = (): void => {
    empty.hidden = isEmptyDraft(draft);
  };
  const sending = async (): Promise<void> => {
    outcome.replaceChildren();
    submit.disabled = true;
    try {
      onSent(await send(draft, words, (now) => (status.textContent = now)));
    } catch (error) {
      outcome.replaceChildren(error instanceof Wanting ? wanting(error) : trouble(error, words));
    } finally {
      status.textContent = "";
      submit.disabled = false;
    }
  };
  const whole = el(
    "form",
    { class: "sheet main stack", novalidate: true },
    text("textarea", "links", { rows: "3", autocapitalize: "off", spellcheck: "false" }),
    pictureField(words, draft, showEmpty),
    text("textarea", "words", { rows: "3", maxlength: "4000" }),
    text("input", "contact", { maxlength: "300", autocomplete: "off" }),
    el("p", { class: "quiet small" }, told.kept),
    outcome,
    el("div", { class: "row" }, submit, empty),
    status,
  );
  showEmpty();
  whole.addEventListener("input", () => outcome.replaceChildren());
  whole.addEventListener("submit", (event) => {
    event.preventDefault();
    void sending();
  });
  return el(
    "main",
    { id: "main", tabindex: "-1", class: "page" },
    el(
      "header",
      { class: "page-head" },
      el("p", { class: "quiet small" }, fill(told.to, { group: form.group ?? "" })),
      el("h1", { tabindex: "-1" }, told.title),
      form.greeting ? el("p", { class: "greeting", dir: "auto" }, form.greeting) : undefined,
    ),
    whole,
    el(
      "section",
      { class: "stack", "aria-labelledby": "what" },
      el("h2", { id: "what" }, told.what),
      el("ul", { class: "happens" }, ...Object.values(told.happens).map((one) => el("li", {}, one))),
      el("p", {}, told.not),
    ),
  );
}

/** Something is missing or too much, which is told before anything is sent. */
class Wanting extends Error {
  override readonly name = "Wanting";
}
const wanting = ({ message }: Wanting): HTMLElement =>
  el("div", { role: "alert", class: "trouble" }, el("p", {}, el("strong", {}, message)));

function pictureField({ form: told }: SendWords, draft: Draft, onChange: () => void): HTMLElement {
  const again = said();
  const list = el("ul", { class: "chosen" });
  const draw = (): void => {
    again.textContent = draft.lost.length === 0 ? "" : fill(told.again, { names: draft.lost.join(", ") });
    list.replaceChildren(
      ...draft.pictures.map((file) => {
        const name = el("bdi", {}, file.name);
        const out = button(told.out, () => {
          draft.pictures = draft.pictures.filter((one) => one !== file);
          changed();
        });
        out.setAttribute("aria-label", fill(told.leaveOut, { name: file.name }));
        return el("li", {}, name, out);
      }),
    );
  };
  const changed = (): void => {
    keepDraft(draft);
    onChange();
    draw();
  };
  const input = el("input", {
    type: "file",
    id: "pictures",
    accept: "image/png,image/jpeg,image/webp",
    multiple: true,
    "aria-describedby": "pictures-hint",
    class: "files",
  });
  input.addEventListener("change", () => {
    const chosen = [...(input.files ?? [])];
    draft.pictures = [...draft.pictures, ...chosen];
    draft.lost = draft.lost.filter((name) => !chosen.some((file) => file.name === name));
    // The same file can be chosen again after it was left out.
    input.value = "";
    changed();
  });
  draw();
  return el(
    "div",
    { class: "field" },
    el("span", { class: "field-name" }, told.pictures),
    el("p", { id: "pictures-hint", class: "quiet small" }, told.picturesHint),
    el("label", { class: "button", for: "pictures" }, told.choose, input),
    again,
    list,
  );
}

/** Resolves to the code. Throws `Refused`, `Wanting`. */
async function send(draft: Draft, { form: told }: SendWords, say: (now: string) => void): Promise<string> {
  const { links, words, contact, pictures: files } = draft;
  if (links.trim() === "" && files.length === 0) throw new Wanting(told.nothing);
  if (files.length > MOST_PICTURES) throw new Wanting(told.tooMany);
  const large = files.find(({ size }) => size > LARGEST_PICTURE);
  if (large !== undefined) throw new Wanting(fill(told.tooLarge, { name: large.name }));
  say(told.working);
  const pictures = await Promise.all(files.map(base64Of));
  const of = await digestOf(JSON.stringify([links, words, contact, pictures]));
  const before = draft.attempt?.of === of ? draft.attempt : undefined;
  const work = await doWork().catch((error: unknown) => {
    // Nothing of it was sent, now or before.
    throw isSilence(error) && before === undefined ? new Refused("unsent", "") : error;
  });
  const { key } = (draft.attempt = before ?? { of, key: newKey() });
  // Before it is sent: the page may be closed while no answer comes.
  keepDraft(draft);
  say(told.sending);
  try {
    const headers = { "placard-work": work };
    const { code } = await ask<{ code: string }>("/sent", { headers, json: { key, links, words, contact, pictures } });
    return code;
  } catch (error) {
    if (!isSilence(error)) draft.attempt = undefined;
    keepDraft(draft);
    throw error;
  }
}

const isSilence = (error: unknown): boolean => error instanceof Refused && error.code === SILENCE;

const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

async function digestOf(text: string): Promise<string> {
  return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))));
}

const newKey = (): string => hexOf(crypto.getRandomValues(new Uint8Array(16)));

const CHUNK = 0x8000;

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let i = 0; i < bytes.length; i += CHUNK) binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(binary);
}
