/** The workbench, put into its page. */
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { markAsRemembered } from "./appearance.ts";
import { firstSpoken, LanguageProvider } from "./language.tsx";
import { newQueries } from "./queries.ts";
import { newRouter } from "./routes.ts";
import { roles, theme } from "./theme.ts";
import { styleNonce, trustStyleText } from "./trusted.ts";
import "./style/library.css";
import "./style/fonts.css";
import "./style/roles.css";
import "./style/paper.css";
import "./style/fields.css";
import "./style/lines.css";

trustStyleText();
markAsRemembered();
const nonce = styleNonce();
const queries = newQueries();
const router = newRouter(queries);
const first = await firstSpoken();

createRoot(document.getElementById("workbench") as HTMLElement).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={roles} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <LanguageProvider first={first}>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </LanguageProvider>
    </MantineProvider>
  </StrictMode>,
);
