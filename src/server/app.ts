/** The server as a function from a request to an answer: security first, then who may, then the routes. */
import { OpenAPIHono } from "@hono/zod-openapi";
import type { Handler, MiddlewareHandler } from "hono";
import { compress } from "hono/compress";
import { csrf } from "hono/csrf";
import { allowedFor } from "./access.ts";
import { answerError, isStorageFailure, refuse, refuseMalformed } from "./errors.ts";
import { ownOrigin } from "./own-origin.ts";
import type { Env, Parts } from "./parts.ts";
import { keepRoom } from "./room.ts";
import { captureSessionRoutes } from "./routes/capture-sessions.ts";
import { captureRoutes } from "./routes/captures.ts";
import { caseRoutes } from "./routes/cases.ts";
import { doorRoutes } from "./routes/door.ts";
import { dossierRoutes } from "./routes/dossier.ts";
import { eventRoutes } from "./routes/events.ts";
import { exhibitFileRoutes } from "./routes/exhibit-files.ts";
import { exhibitRoutes } from "./routes/exhibits.ts";
import { filingRoutes } from "./routes/filings.ts";
import { healthRoutes } from "./routes/health.ts";
import { houseRoutes } from "./routes/house.ts";
import { importRoutes } from "./routes/imports.ts";
import { inboxRoutes } from "./routes/inbox.ts";
import { intakeRoutes } from "./routes/intake.ts";
import { invitationRoutes } from "./routes/invitations.ts";
import { keepingRoutes } from "./routes/keeping.ts";
import { meRoutes } from "./routes/me.ts";
import { memberRoutes } from "./routes/members.ts";
import { placardRoutes } from "./routes/placards.ts";
import { proofRoutes } from "./routes/proofs.ts";
import { publicationRoutes } from "./routes/publication.ts";
import { questionRoutes } from "./routes/questions.ts";
import { readingRoutes } from "./routes/readings.ts";
import { recaptureRoutes } from "./routes/recaptures.ts";
import { receiptRoutes } from "./routes/receipt.ts";
import { recoveryRoutes } from "./routes/recovery.ts";
import { redactionRoutes } from "./routes/redactions.ts";
import { restoringRoutes } from "./routes/restoring.ts";
import { sampleRoutes } from "./routes/sample.ts";
import { searchRoutes } from "./routes/searches.ts";
import { settingsRoutes } from "./routes/settings.ts";
import { signInRoutes } from "./routes/sign-in.ts";
import { say } from "./said.ts";
import { screens } from "./screens.ts";
import { secure } from "./secure.ts";
import { smallBodies } from "./small-bodies.ts";

export function createApp(parts: Parts) {
  const app = new OpenAPIHono<Env>({ defaultHook: refuseMalformed });
  app.onError((error, c) => {
    if (isStorageFailure(error)) void parts.house.mend();
    return answerError(error, c);
  });
  app.notFound((c) => refuse(c, 404, "not_found", say("no_such_page")));
  app.use("*", secure(parts));
  app.use("/api/*", withoutHead);
  app.use("/api/*", ownOrigin(parts));
  app.use("/api/*", csrf());
  app.use("/api/*", smallBodies);
  app.use("/api/*", async (c, next) => {
    const allowed = allowedFor(c.req.method, c.req.path);
    if (allowed === undefined) return refuse(c, 404, "not_found", say("no_such_page"));
    const member = await parts.accounts.memberOf(c.req.raw.headers);
    if (member !== undefined) c.set("member", member);
    if (allowed.includes("anyone")) return next();
    if (member === undefined) return refuse(c, 401, "signed_out", say("signed_out"), say("sign_in_then"));
    if (!member.arrived && !allowed.includes("arriving"))
      return refuse(c, 403, "second_factor", say("second_factor_needed"), say("set_one_up"));
    if (!allowed.includes(member.role)) return refuse(c, 403, "role", say("role_not_allowed"), say("ask_organiser"));
    return next();
  });
  app.use("/api/*", keepRoom(parts));
  app.route("/", signInRoutes(parts));
  const routed = app
    .route("/api", houseRoutes(parts))
    .route("/api", restoringRoutes(parts))
    .route("/api", meRoutes(parts))
    .route("/api", memberRoutes(parts))
    .route("/api", invitationRoutes(parts))
    .route("/api", keepingRoutes(parts))
    .route("/api", caseRoutes(parts))
    .route("/api", dossierRoutes(parts))
    .route("/api", healthRoutes(parts))
    .route("/api", filingRoutes(parts))
    .route("/api", recaptureRoutes(parts))
    .route("/api", publicationRoutes(parts))
    .route("/api", questionRoutes(parts))
    .route("/api", exhibitRoutes(parts))
    .route("/api", searchRoutes(parts))
    .route("/api", proofRoutes(parts))
    .route("/api", captureRoutes(parts))
    .route("/api", importRoutes(parts))
    .route("/api", eventRoutes(parts))
    .route("/api", exhibitFileRoutes(parts))
    .route("/api", placardRoutes(parts))
    .route("/api", intakeRoutes(parts))
    .route("/api", receiptRoutes(parts))
    .route("/api", doorRoutes(parts))
    .route("/api", inboxRoutes(parts))
    .route("/api", readingRoutes(parts))
    .route("/api", redactionRoutes(parts))
    .route("/api", settingsRoutes(parts))
    .route("/api", captureSessionRoutes(parts))
    .route("/api", sampleRoutes(parts))
    .route("/api", recoveryRoutes(parts));
  app.openAPIRegistry.registerPath({
    method: "get",
    path: "/api/openapi.json",
    description: "This interface, as OpenAPI 3.1 describes it.",
    responses: { 200: { description: "The description." } },
  });
  app.doc31("/api/openapi.json", { openapi: "3.1.0", info: { title: "Placard", version: "1" } });
  // What is the same for everybody; an answer with something of a member in it is not made to tell by its length.
  app.use("/assets/*", compress());
  app.post("/share", sharedElsewhere);
  app.get("*", screens(parts));
  return routed;
}

/** The framework runs the handler of GET for it and drops the body: what that opened would stay open, and its place be taken. */
const withoutHead: MiddlewareHandler<Env> = async (c, next) => {
  if (c.req.method !== "HEAD") return next();
  c.header("Allow", "GET");
  return refuse(c, 405, "unsupported", say("not_by_head"), say("ask_with_get"));
};

/** What a phone shares is taken by the service worker, while somebody is signed in there; what comes here is not looked at. */
const sharedElsewhere: Handler<Env> = (c) => c.redirect("/save?files=away", 303);

/** For the typed client: the workbench knows the server by this type only. */
export type App = ReturnType<typeof createApp>;
