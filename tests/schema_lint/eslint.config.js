import graphqlPlugin from "@graphql-eslint/eslint-plugin";

export default [
  {
    files: ["**/*.graphql"],
    languageOptions: {
      parser: graphqlPlugin.parser,
      parserOptions: { graphQLConfig: { schema: "schema.graphql" } },
    },
    plugins: { "@graphql-eslint": graphqlPlugin },
    rules: {
      ...graphqlPlugin.configs["flat/schema-recommended"].rules,
      ...graphqlPlugin.configs["flat/schema-relay"].rules,
      // Values that are part of another object (a birthday, a link, a payload) have no id of their own: only types that
      // implement Node can be fetched again.
      "@graphql-eslint/strict-id-in-types": "off",
      // `Report.reporter` is a word of its own, not the prefix "report"; the rule takes no single exceptions.
      "@graphql-eslint/no-typename-prefix": "off",
      "@graphql-eslint/relay-edge-types": [
        "error",
        {
          withEdgeSuffix: true,
          // Lists whose length is bounded (errors, links, reactions) are not paged, and connections have `nodes` too.
          listTypeCanWrapOnlyEdgeType: false,
          // Reports, notes, revisions and follows are found on their owners alone; they have no id to fetch.
          shouldImplementNode: false,
        },
      ],
    },
  },
];
