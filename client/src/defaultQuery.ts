/** What a newcomer runs first: a feed that shows what this service is about. */
export const defaultQuery = `# Posts, as far as you may see them.
# Sign in, and more may open.
query Feed {
  feed(first: 5) {
    nodes {
      title
      author {
        displayName
        profile {
          location
        }
      }
      # What the author shows here.
      byline {
        bio {
          text
        }
      }
      body {
        html
        links {
          host
          risk
          warning {
            title
          }
        }
      }
      comments(first: 3) {
        nodes {
          body {
            text
          }
        }
      }
    }
  }
}
`;
