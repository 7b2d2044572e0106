import assert from "node:assert/strict";
import { test } from "node:test";
import { blankPage } from "../../../test/blank-page.ts";
import { offerOf } from "../page/opening.ts";
import type { Button } from "../page/page-data.ts";
import { isLabel, isLoading, saysOf } from "./wall-statements.ts";

const labelled = (label: string, more: Partial<Button> = {}): Button => ({
  at: 0,
  label,
  place: "content",
  about: "",
  sends: false,
  besides: -1,
  apart: -1,
  from: 0,
  ...more,
});

test("what a site says, and not what people say of it", () => {
  assert.deepEqual([...saysOf("Oops! Sorry, this page isn’t available.")], ["gone"]);
  assert.deepEqual([...saysOf("DIESER BEITRAG WURDE GELÖSCHT")], ["gone"]);
  for (const line of [
    "They say “this post is not available”.",
    "My post was deleted again.",
    "Why was this video removed?",
    "This post has not been deleted.",
    "He told me to sign in to see the list.",
  ])
    assert.deepEqual([...saysOf(line)], [], line);
});

test("a label is known as a whole or not at all", () => {
  assert.ok(isLabel("refuse", "  Reject all ✕") && isLabel("more", "Show more…") && isLabel("reveal", "View post"));
  for (const label of [
    "Reject all and subscribe now",
    "Accept all",
    "Show more offers",
    "Delete",
    "Buy",
    "Sign in",
    "",
  ])
    for (const kind of ["refuse", "settings", "reveal", "more"] as const) assert.ok(!isLabel(kind, label), label);
});

test("what leads to settings is known in each language, and never what saves or accepts them", () => {
  for (const label of [
    "Manage options",
    "Cookie-Einstellungen",
    "Paramétrer les cookies",
    "Configurar",
    "Più opzioni",
    "Gerir preferências",
    "Voorkeuren beheren",
    "Zarządzaj ustawieniami",
    "Настройки",
    "Налаштувати",
    "Çerez ayarları",
    "הגדרות עוגיות",
    "إعدادات الخصوصية",
    "設定を管理",
    "管理选项",
  ])
    assert.ok(isLabel("settings", label) && !isLabel("refuse", label) && !isLabel("accept", label), label);
  for (const label of [
    "Save settings",
    "Confirm my choices",
    "Accept options",
    "Einstellungen speichern",
    "Auswahl erlauben",
    "Enregistrer mes choix",
    "Guardar preferencias",
    "Salva impostazioni",
    "Zapisz ustawienia",
    "Сохранить настройки",
    "Ayarları kaydet",
    "שמור הגדרות",
    "حفظ الإعدادات",
    "設定を保存",
    "保存设置",
    "Subscribe",
    "Account settings and more",
  ])
    assert.ok(!isLabel("settings", label), label);
});

const asked = { besides: 0, apart: 0 };

test("nothing is pressed but a refusal of tracking, show, and more; and no press without end", () => {
  const page = (buttons: readonly Button[]) => ({ ...blankPage, buttons });
  assert.equal(offerOf(page([labelled("Reject all"), labelled("Decline")]), []), undefined, "of what, nobody knows");
  assert.equal(offerOf(page([labelled("View", { about: "You must be 18 or older." })]), []), undefined);
  const wall = page([labelled("More"), labelled("Accept", asked), labelled("Decline", asked)]);
  assert.deepEqual(offerOf(wall, [])?.step, { did: "refused-consent", words: "Decline" });
  const layered = page([labelled("Accept", asked), labelled("Manage options", asked)]);
  const settings = { did: "opened-settings", words: "Manage options" } as const;
  assert.deepEqual(offerOf(layered, [])?.step, settings);
  assert.equal(offerOf(layered, [settings]), undefined);
  assert.equal(offerOf(page([labelled("Manage options", asked)]), []), undefined, "of what, nobody knows");
  const bar = { besides: 900, apart: 0 };
  const invited = page([
    labelled("Accept", { ...asked, apart: 700, from: 700 }),
    labelled("Decline", { ...asked, from: 700, at: 1 }),
  ]);
  assert.equal(offerOf(invited, []), undefined, "what is asked stands elsewhere");
  const poll = page([
    labelled("Accept", asked),
    labelled("Yes", { ...asked, from: 90, at: 1 }),
    labelled("No", { ...asked, from: 90, at: 2 }),
  ]);
  assert.equal(offerOf(poll, []), undefined, "another question's answer");
  const petition = page([
    labelled("OK", { ...bar, at: 0 }),
    labelled("Agree", { ...asked, from: 300, apart: 300, at: 1 }),
    labelled("Disagree", { ...asked, from: 300, at: 2 }),
  ]);
  assert.equal(offerOf(petition, []), undefined, "consent was asked for before, and answered there");
  assert.equal(offerOf(page([labelled("Show more", { sends: true })]), []), undefined, "it would send something");
  const more = { did: "opened-more", words: "More" } as const;
  assert.equal(offerOf(page([labelled("More")]), [more, more]), undefined);
});

test("no text takes long to read", () => {
  const started = performance.now();
  for (const piece of [
    "to see ",
    "not a ",
    "you must ",
    "a".repeat(40),
    "“",
    "'a",
    "這",
    "ログイン",
    "not found ",
    "\u0300",
    "..!",
  ]) {
    const line = piece.repeat(Math.ceil(3000 / piece.length));
    saysOf(line);
    isLoading(line);
    isLabel("more", line);
  }
  assert.ok(performance.now() - started < 2000);
});
