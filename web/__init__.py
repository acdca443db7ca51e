"""HTTP: the GraphQL endpoint, the leaving page, sign-in cookies, GraphiQL, health."""
