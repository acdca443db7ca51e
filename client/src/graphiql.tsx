/** The GraphiQL page: an editor for queries against this origin's /graphql, without a request to anywhere else. */
import "graphiql/setup-workers/vite"; // first, or Monaco starts without its workers
import "@graphiql/react/style.css";
import "@graphiql/plugin-doc-explorer/style.css";
import "@graphiql/plugin-history/style.css";
import "graphiql/graphiql.css";
import "./graphiql.css";

import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";
import { defaultQuery } from "./defaultQuery";

const ENDPOINT = "/graphql";

// The browser's fetch sends the session cookie to its own origin by itself, and so does a socket's handshake.
const fetcher = createGraphiQLFetcher({
  url: ENDPOINT,
  subscriptionUrl: new URL(ENDPOINT, location.href.replace(/^http/, "ws")).href,
  enableIncrementalDelivery: false,
});

function GraphiQLPage() {
  const query = new URLSearchParams(location.search).get("query");
  return (
    <GraphiQL
      fetcher={fetcher}
      defaultQuery={defaultQuery}
      {...(query ? { initialQuery: query } : {})}
      // What is typed here may hold a password or a token: it goes when the browser's tab goes.
      storage={sessionStorage}
      shouldPersistHeaders={false}
    >
      <GraphiQL.Logo>Veranda</GraphiQL.Logo>
    </GraphiQL>
  );
}

const place = document.getElementById("graphiql");
if (!place) throw new Error("The page has no element with id graphiql.");
createRoot(place).render(<GraphiQLPage />);
