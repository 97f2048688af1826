import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { startTexts } from "./lib/i18n";
import { makeQueries } from "./main/queries";
import { makeRouter } from "./main/router";
import { ThemeProvider } from "./ui";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no element with the id root");

const queries = makeQueries();
const router = makeRouter(queries);

await startTexts();
createRoot(root).render(
  <StrictMode>
    <ThemeProvider>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </ThemeProvider>
  </StrictMode>,
);
