/** The verify page: takes a file and perhaps a policy, and shows what `verify` says of it. */
import { isPlacardError } from "../../lib/error.ts";
import { headingOf } from "../meaning.ts";
import type { Verdict } from "../verdict.ts";
import { verify } from "../verify.ts";
import { laidOpen } from "../wording.ts";
import { listChecks } from "./checks-view.ts";
import { part } from "./elements.ts";
import { tellFacts } from "./facts-view.ts";
import { type Pictures, picturesOf } from "./pictures.ts";
import { showPost } from "./post-view.ts";
import { announce, identify } from "./verdict-view.ts";

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
    if (policy !== undefined) shown.policySays.textContent = "This policy is in use.";
    show(file, verdict, pictures);
  } catch (error) {
    if (!isPlacardError(error)) throw error;
    if (error.code === "cancelled") return;
    // Only the policy can be wrong in a way that is no verdict.
    idle();
    part("trust", HTMLDetailsElement).open = true;
    shown.policySays.textContent = [error.message, error.next].filter(Boolean).join(" ");
  }
}

function working(name: string): void {
  shown.verdict.hidden = shown.findings.hidden = shown.intake.hidden = true;
  shown.working.hidden = false;
  shown.step.textContent = `Reading ${laidOpen(name)} …`;
  shown.bar.removeAttribute("value");
}

function idle(): void {
  shown.working.hidden = true;
  shown.intake.hidden = false;
}

function tellProgress(done: number, total: number): void {
  shown.bar.max = Math.max(total, 1);
  shown.bar.value = done;
  const words = "Hashing every byte, and comparing with what was sealed …";
  if (shown.step.textContent !== words) shown.step.textContent = words;
}

function show(file: File, verdict: Verdict, pictures: Pictures): void {
  const { exhibit } = verdict;
  document.title = `${headingOf(verdict)}: ${laidOpen(file.name)}`;
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
  part("ask", HTMLElement).textContent = "Check another file.";
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
    shown.policySays.textContent = "A policy is shorter than 1 MiB; this file is not one.";
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
  if (current === undefined) shown.policySays.textContent = "It will be used for the file you choose.";
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
