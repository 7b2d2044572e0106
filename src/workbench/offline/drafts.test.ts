/** What is typed stays on the device until it is sent, each member's apart from the others'. */
import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { withLocalStorage } from "../../../test/local-storage.ts";
import { draftOf, forgetDrafts, hasDrafts, keepDraft } from "./drafts.ts";

const kept = withLocalStorage();
afterEach(() => mock.timers.reset());

test("two members of one device have each their own, and who signs out erases no other's", () => {
  keepDraft("ada", "save", { note: "Ada's" });
  keepDraft("ben", "save", { note: "Ben's" });
  assert.deepEqual(draftOf("ada", "save"), { note: "Ada's" });
  assert.deepEqual(draftOf(undefined, "save"), {});
  forgetDrafts();
  assert.ok(hasDrafts("ada") && hasDrafts("ben"), "kept where that was chosen");
  forgetDrafts("ben");
  assert.ok(hasDrafts("ada") && !hasDrafts("ben"));
  keepDraft("ada", "save", { note: " " });
  assert.equal(kept.size, 0, "nothing is left of what was sent or taken back");
});

test("after a week a draft is gone, from the device too when somebody signs out", () => {
  keepDraft("ada", "save", { note: "old" });
  mock.timers.enable({ apis: ["Date"], now: Date.now() + 8 * 24 * 3_600_000 });
  assert.ok(!hasDrafts("ada"));
  forgetDrafts();
  assert.equal(kept.size, 0);
});
