import { QueryClient } from "@tanstack/react-query";
import { Problem } from "@/api/client";
import { askAhead } from "@/app/ahead";
import "@/ui/base.css";
import "@/ui/parts.css";

/** The small first script: it asks what the first view needs while the page's own scripts are on their way. */

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      // The data change when somebody imports or edits, which raises the data version; a look back within a minute is the same.
      staleTime: 60_000,
      gcTime: 600_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && !(error instanceof Problem && error.status < 500),
    },
  },
});

askAhead(queries, window.location);
import("@/app/start").then(({ start }) => start(queries));
