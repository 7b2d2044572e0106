/** The verify page: takes a file and perhaps a policy, and shows what `verify` says of it. */
import { isPlacardError } from "../../lib/error.ts";
import type { Verdict } from "../verdict.ts";
import { verify } from "../verify.ts";
import { laidOpen } from "../wording.ts";
import { listChecks } from "./checks-view.ts";
import { part } from "./elements.ts";
import { tellFacts } from "./facts-view.ts";
import { type Pictures, picturesOf } from "./pictures.ts";
import { showPost } from "./post-view.ts";
import { fill, sayStill, sentence, speakFirst, speakOther, words } from "./speech.ts";
import { announce, headingIn, identify } from "./verdict-view.ts";

/** Put in by the build: the same that the command line takes from its Node. */
declare const WEB_ROOTS: readonly string[];

const LONGEST_POLICY = 1 << 20;
const shown = {
  verdict: part("verdict", HTMLElement),
  announced: part("announced", HTMLElement),
  identity: part("identity", HTMLElement),
  findings: part("findings", HTMLElement),
  intake: part("intake", HTMLElement),
  working: part("working", HTMLElement),
  step: part("step", HTMLElement),
  bar: part("bar", HTMLProgressElement),
  policySays: part("policy-says", HTMLElement),
};
const asked = {
  file: part("file", HTMLInputElement),
  policy: part("policy", HTMLTextAreaElement),
  policyFile: part("policy-file", HTMLInputElement),
};

let current: File | undefined;
/** What is on the page, to be said once more in another language. */
let last: { readonly file: File; readonly verdict: Verdict; readonly pictures: Pictures } | undefined;
let policySaid = (): string => "";
/** A policy file word for word: the text field would mend its line ends, and the command line does not. */
let policyFromFile: string | undefined;
let running = new AbortController();

/** Checks `file`, and forgets whatever was being checked before. */
async function check(file: File): Promise<void> {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  current = file;
  working(file.name);
  try {
    const policy = policyFromFile ?? (asked.policy.value.trim() === "" ? undefined : asked.policy.value);
    const verdict = await verify(file, {
      signal,
      onProgress: tellProgress,
      webRoots: () => WEB_ROOTS,
      ...(policy === undefined ? {} : { policy }),
    });
    const pictures = await picturesOf(file, verdict).catch(() => ({}));
    if (signal.aborted) return;
    if (policy !== undefined) sayOfPolicy(() => words().policyUsed);
    show(file, verdict, pictures);
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    if (error.code === "cancelled") return;
    // Only the policy can be wrong in a way that is no verdict.
    idle();
    part("trust", HTMLDetailsElement).open = true;
    const { message, told, next = "", toldNext } = error;
    sayOfPolicy(() => `${sentence(message, told).text} ${sentence(next, toldNext).text}`.trim());
  }
}

function sayOfPolicy(said: () => string): void {
  policySaid = said;
  shown.policySays.textContent = said();
}

function working(name: string): void {
  shown.verdict.hidden = shown.findings.hidden = shown.intake.hidden = true;
  shown.working.hidden = false;
  shown.step.textContent = fill(words().reading, { name: laidOpen(name) });
  shown.bar.removeAttribute("value");
}

function idle(): void {
  shown.working.hidden = true;
  shown.intake.hidden = false;
}

function tellProgress(done: number, total: number): void {
  shown.bar.max = Math.max(total, 1);
  shown.bar.value = done;
  const { hashing } = words();
  if (shown.step.textContent !== hashing) shown.step.textContent = hashing;
}

function show(file: File, verdict: Verdict, pictures: Pictures): void {
  const { exhibit } = verdict;
  last = { file, verdict, pictures };
  document.title = `${headingIn(verdict).text}: ${laidOpen(file.name)}`;
  shown.verdict.className = `verdict ${verdict.verdict}`;
  shown.verdict.dataset["verdict"] = verdict.verdict;
  shown.identity.replaceChildren(...identify(exhibit));
  const post = exhibit === undefined ? undefined : showPost(exhibit, pictures);
  shown.findings.replaceChildren(
    ...(post === undefined ? [] : [post]),
    ...(exhibit === undefined ? [] : [tellFacts(exhibit)]),
    listChecks(verdict.checks),
  );
  idle();
  shown.intake.classList.add("again");
  part("ask", HTMLElement).dataset["says"] = "askAnother";
  sayStill(shown.intake);
  shown.verdict.hidden = shown.findings.hidden = false;
  // Last, so that it is read out once everything else is there.
  shown.announced.replaceChildren(...announce(verdict, file.name));
  window.scrollTo(0, 0);
}

asked.file.addEventListener("change", () => {
  const [file] = asked.file.files ?? [];
  if (file !== undefined) void check(file);
  asked.file.value = "";
});
asked.policyFile.addEventListener("change", async () => {
  const [file] = asked.policyFile.files ?? [];
  asked.policyFile.value = "";
  if (file === undefined) return;
  if (file.size > LONGEST_POLICY) {
    sayOfPolicy(() => words().policyTooLong);
    return;
  }
  // A mark at the beginning is kept, which `text()` would drop: the command line refuses a policy with one.
  policyFromFile = new TextDecoder("utf-8", { ignoreBOM: true }).decode(await file.arrayBuffer());
  asked.policy.value = policyFromFile;
  usePolicy();
});
asked.policy.addEventListener("input", () => {
  policyFromFile = undefined;
});
part("use-policy", HTMLButtonElement).addEventListener("click", usePolicy);
part("stop", HTMLButtonElement).addEventListener("click", () => {
  running.abort();
  idle();
});

function usePolicy(): void {
  if (current === undefined) sayOfPolicy(() => words().policyWillBe);
  else void check(current);
}

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dragging");
});
document.addEventListener("dragleave", () => document.body.classList.remove("dragging"));
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dragging");
  const [file] = event.dataTransfer?.files ?? [];
  if (file !== undefined) void check(file);
});

const other = part("other", HTMLButtonElement);
other.addEventListener("click", () => {
  speakOther();
  sayAll();
});
speakFirst();
sayAll();
other.hidden = false;

function sayAll(): void {
  other.textContent = words().other;
  other.lang = other.textContent === "English" ? "en" : "he";
  shown.policySays.textContent = policySaid();
  // What is being checked meanwhile will be said in the new language by itself.
  if (last !== undefined && !shown.verdict.hidden) show(last.file, last.verdict, last.pictures);
}
