/** Text in pieces, as the search found it. */
export function Marked({
  pieces,
}: {
  readonly pieces: readonly { readonly text: string; readonly found?: true | undefined }[];
}) {
  // Pieces stand where they stand: their place is what tells them apart.
  return pieces.map(({ text, found }, place) =>
    found === true ? <mark key={`${place} ${text}`}>{text}</mark> : <span key={`${place} ${text}`}>{text}</span>,
  );
}
