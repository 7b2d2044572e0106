import assert from "node:assert/strict";
import { test } from "node:test";
import { changeLines } from "./history-lines.ts";

test("what changed in a text is told word by word, in Hebrew too", () => {
  const postText = { before: "היינו כאן לפני השביל.", after: "היינו כאן אחרי השביל." };
  assert.deepEqual(changeLines({ postText }, {}), ["      postText: היינו כאן [-לפני-]{+אחרי+} השביל."]);
  const author = { before: "A Neighbour", after: "A Passer-by" };
  assert.deepEqual(changeLines({ author }, {}), ["      author: A [-Neighbour-]{+Passer-by+}"]);
});
