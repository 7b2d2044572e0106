/** The one page of `placard --help`. Kept as text, so that it costs nothing to show. */
export const HELP = `Placard turns a post into evidence nobody can wave away.

  placard serve                        open the workbench in your browser: all of this, on screens
      --port N  --host ADDRESS         7522 on this machine only, unless you say otherwise; a
      --certificate FILE --key FILE    network needs TLS: its own
      --public-url https://…           what people type; a reverse proxy on this machine may do TLS
      --sandbox-url https://…          where captured pages are replayed: another domain, led to
                                       the port after
  placard demo                         see all of it happen, in under a minute

Begin
  placard init [DIR] --name NAME       make a record: the folder your evidence lives in
                                       (./record unless you say otherwise)
Save
  placard capture URL…                 save posts before they go: sealed, or told why not
      --case NAME  --note TEXT         what it belongs to, what you want to remember
      --links FILE                     one link a line (- reads what is piped in), or a spreadsheet
      --resume, --discard              go on with what an interruption left, or forget it
      --again 1h,1d,7d                 capture each again then, by placard watch
      --session NAME                   as you see them when you are signed in
      --allow-private                  also addresses of your own network, for your own tests
  placard session login NAME URL       a window opens: sign in, then close it; kept sealed
      --hide NAME…                     what the site calls you; taken out of all you hand out
      --hide-nothing                   in its place, where the site shows no name of yours
  placard session list, forget NAME    what is kept; remove one without a trace
  placard import FILE… --from WHO      files others made (.wacz .warc.gz .har .html .placard):
                                       sealed as received, never as captured (--case, --note)
  placard import-case DIR              a case that another group handed out; each proof is verified
      --from WHO  --case NAME          unless you go by what the folder says
  placard recapture ID                 the same link once more: edited, gone? sealed with the time
      --again 1h,1d,7d                 and then again (--session, --allow-private as above)
  placard watch                        run what was planned, wait for what comes; stop with Ctrl-C
      --once  --forget ID              only what is due now; no more of this one
Look
  placard list                         what is in the record (--case NAME: of one case)
  placard show ID                      one exhibit, with every sealed fact

Hand out
  placard export ID -o FILE.placard    the file that proves it, for anyone
      --withhold FIELD…                leave fields out; they stay provable as withheld
      --show FIELD…                    hand out what is held back: archive is the original with
                                       its cookies and tokens, which else stays here
      --redacted                       what placard redact left to be shown, and no file of it
  placard redact ID                    say what of it is not for the public; covered squares of its
                                       picture are withheld, and the others still proven
      --box X,Y,WIDTH,HEIGHT…          a part of the picture, in pixels from its upper left
      --withhold FIELD…  --word TEXT…  fields; words that may be read nowhere in what is shown
      --propose                        seal nothing: list names, portraits, codes and faces in the
                                       picture, and your words, each as --box takes it
  placard export-case NAME -o DIR      a case as a folder others can use: proofs, archives, a table
      --also ID…                       these too, such as one that was erased
  placard dossier CASE --out FILE      a report of a case, as FILE.pdf or FILE.html: counts, charts,
                                       what two people agreed may be shown, and how to check it
      --language en|he                 of what Placard says in it; en unless you say otherwise
      --also ID…                       these too, which were erased
  placard print ID… -o FILE.pdf        placards, one a page
      --size A4|A3|A2|A1               A3 unless you say otherwise
      --headline TEXT                  at most seven words
      --language en|he                 of what Placard says on it; en unless you say otherwise
      --picture                        the post's picture too, with the names and faces in it
  placard publish TARGET               the group's site: shows what would change there, and asks
      a folder, s3://BUCKET/PREFIX or sftp://USER@HOST/PATH (docs/publishing.md)
      --yes  --undo                    without asking; back to what was shown before

Check
  placard verify FILE…                 does it hold? check by check
      --policy FILE                    whom you trust: the log, witnesses, timestamp authorities
  placard audit                        recompute the whole record; what is missing, erased, altered
  placard doctor                       can this machine do it? browser, its byte record, typefaces,
                                       room, clock, the record's keys and settings

Keep
  placard timestamp                    ask the configured authorities for the time
  placard cosign                       ask the configured witnesses to countersign
  placard erase ID --reason TEXT       delete the private parts for good; the ledger still verifies
  placard backup -o FILE               the whole record in one encrypted file, read back to check
      --passphrase-file FILE           its first line (- reads it); else you are asked for one
  placard restore FILE DIR             put it back, into a folder that is empty or not there
  placard member recover [EMAIL]       a link by which a member who has lost password and second
      --public-url https://…           factor begins anew (the only owner, unless you say whose)
  placard index --rebuild              delete the index and build it again

Every verb takes --json (one object a line; words go to stderr). Those that work on a record look
for it in ./record, or in --record DIR. placard --version says which Placard this is.
A verb ends with 0 when it is done and holds, 1 when something does not hold or was not captured,
2 when it was asked wrongly or cannot be read, 3 when disk, network or browser failed.

"Sealed" means: nobody can change it now, not even us, without it being seen.
It shows that we received this, not that the platform vouches for it.
`;
