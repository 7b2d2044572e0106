import assert from "node:assert/strict";
import { test } from "node:test";
import { QueryClient } from "@tanstack/react-query";
import { linkOf, savedQuery, takeLink } from "./queries.ts";

const link = (item: string, state: "queued" | "sealed") => ({ item, url: `https://example.org/${item}`, state });

test("what is told of a link takes its place in the list, without the list being fetched", () => {
  const queries = new QueryClient();
  const { queryKey } = savedQuery;
  const batch = { batch: "b", askedAt: "2026-11-01T00:00:00Z" };
  queries.setQueryData(queryKey, { batches: [{ ...batch, links: [link("1", "queued"), link("2", "queued")] }] });
  takeLink(queries, { ...link("2", "sealed"), exhibit: "x", since: 5, more: "left out" });
  assert.deepEqual(queries.getQueryData(queryKey)?.batches[0]?.links, [
    link("1", "queued"),
    { ...link("2", "sealed"), exhibit: "x" },
  ]);
  assert.equal(queries.getQueryState(queryKey)?.isInvalidated, false);
});

test("why a link was not captured keeps its code, by which other languages tell it", () => {
  const told = { code: "cause_gone", values: { status: 410 } };
  const lost = { item: "1", url: "https://example.org/1", state: "not-captured", reason: "The server answered 410." };
  assert.deepEqual(linkOf({ ...lost, told }), { ...lost, told });
  assert.deepEqual(linkOf({ ...lost, told: { code: 7 } }), lost);
});

test("what has not the shape of a link is not taken for one; the list is fetched anew", () => {
  const queries = new QueryClient();
  queries.setQueryData(savedQuery.queryKey, { batches: [] });
  for (const told of [undefined, null, "link", [], {}, { ...link("1", "queued"), state: "toString" }]) {
    assert.equal(linkOf(told), undefined);
    takeLink(queries, told);
    assert.equal(queries.getQueryState(savedQuery.queryKey)?.isInvalidated, true);
  }
});
