/** On the first screen: that something was sent in. Nothing where nothing waits. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEvents } from "../events.ts";
import { useLanguage } from "../language.tsx";
import { waitingQuery } from "../queries.ts";
import { counted } from "../words/words.ts";

export function SentInLine() {
  const { language, words } = useLanguage();
  const { data } = useQuery(waitingQuery);
  useEvents("/api/events", {
    look: (_, queries) => void queries.invalidateQueries({ queryKey: waitingQuery.queryKey }),
  });
  const waiting = data?.waiting ?? 0;
  return (
    <p role="status">
      {waiting === 0 ? null : (
        <Link to="/inbox" className="sent-in">
          {counted(language, words.inbox.home, waiting)}
        </Link>
      )}
    </p>
  );
}
