/** The form: what is sent, and what happens with it. What was typed stays, whatever goes wrong. */
import { fill } from "../words/words.ts";
import { ask, type Form, Refused, SILENCE } from "./ask.ts";
import { button, el, field, said } from "./elements.ts";
import { trouble } from "./trouble.ts";
import type { SendWords } from "./words-en.ts";
import { doWork } from "./work.ts";

const MOST_PICTURES = 2;
const LARGEST_PICTURE = 8 << 20;

/** What was filled in so far; it outlives a change of language. */
export interface Draft {
  links: string;
  words: string;
  contact: string;
  pictures: readonly File[];
}
export const emptyDraft = (): Draft => ({ links: "", words: "", contact: "", pictures: [] });

/** The last attempt, where it is not known whether it arrived: sent again as it is, it bears the same key. */
let attempt: { readonly of: string; readonly key: string } | undefined;

export function formView(words: SendWords, form: Form, draft: Draft, onSent: (code: string) => void): HTMLElement {
  const { form: told } = words;
  const outcome = el("div");
  const status = said();
  const text = (tag: "input" | "textarea", name: "links" | "words" | "contact", attributes: Record<string, string>) => {
    const { input, whole } = field(tag, name, { label: told[name], hint: told[`${name}Hint`], attributes });
    input.value = draft[name];
    input.addEventListener("input", () => (draft[name] = input.value));
    return whole;
  };
  const submit = el("button", { type: "submit", class: "button main" }, told.send);
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
    pictureField(words, draft),
    text("textarea", "words", { rows: "3", maxlength: "4000" }),
    text("input", "contact", { maxlength: "300", autocomplete: "off" }),
    outcome,
    el("div", {}, submit),
    status,
  );
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

function pictureField({ form: told }: SendWords, draft: Draft): HTMLElement {
  const list = el("ul", { class: "chosen" });
  const draw = (): void =>
    list.replaceChildren(
      ...draft.pictures.map((file) => {
        const name = el("bdi", {}, file.name);
        const out = button(told.out, () => {
          draft.pictures = draft.pictures.filter((one) => one !== file);
          draw();
        });
        out.setAttribute("aria-label", fill(told.leaveOut, { name: file.name }));
        return el("li", {}, name, out);
      }),
    );
  const input = el("input", {
    type: "file",
    id: "pictures",
    accept: "image/png,image/jpeg,image/webp",
    multiple: true,
    "aria-describedby": "pictures-hint",
    class: "files",
  });
  input.addEventListener("change", () => {
    draft.pictures = [...draft.pictures, ...(input.files ?? [])];
    // The same file can be chosen again after it was left out.
    input.value = "";
    draw();
  });
  draw();
  return el(
    "div",
    { class: "field" },
    el("span", { class: "field-name" }, told.pictures),
    el("p", { id: "pictures-hint", class: "quiet small" }, told.picturesHint),
    el("label", { class: "button", for: "pictures" }, told.choose, input),
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
  const work = await doWork();
  const of = JSON.stringify([links, words, contact, pictures]);
  const { key } = (attempt = attempt?.of === of ? attempt : { of, key: newKey() });
  say(told.sending);
  try {
    const headers = { "placard-work": work };
    const { code } = await ask<{ code: string }>("/sent", { headers, json: { key, links, words, contact, pictures } });
    attempt = undefined;
    return code;
  } catch (error) {
    if (!(error instanceof Refused) || error.code !== SILENCE) attempt = undefined;
    throw error;
  }
}

const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");

const CHUNK = 0x8000;

async function base64Of(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = "";
  for (let i = 0; i < bytes.length; i += CHUNK) binary += String.fromCharCode(...bytes.subarray(i, i + CHUNK));
  return btoa(binary);
}
