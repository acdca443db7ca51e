// Serves the feed page by mercurius with jit, and by hand, over a page that is in memory.
// Reads {schema, feed} from standard input and writes its port to standard output.
import Fastify from 'fastify'
import mercurius from 'mercurius'

const { schema, feed } = JSON.parse(await text(process.stdin))
const posts = feed.nodes.map(apart)
const app = Fastify()

app.register(mercurius, {
  schema,
  jit: 1,
  resolvers: { Query: { feed: async () => ({ pageInfo: feed.pageInfo, nodes: posts }) } },
  loaders: {
    Post: {
      author: loaded('author'),
      byline: loaded('byline'),
      commentCount: loaded('commentCount'),
      comments: loaded('comments')
    },
    Comment: { author: loaded('author') },
    RichText: { links: loaded('links') }
  }
})
app.get('/by-hand', async (request, reply) => {
  reply.type('application/json; charset=utf-8')
  return JSON.stringify({ data: { feed: { pageInfo: feed.pageInfo, nodes: posts.map(post) } } })
})
app.get('/cpu', async () => {
  const { user, system } = process.cpuUsage()
  return { milliseconds: (user + system) / 1000 }
})
await app.listen({ host: '127.0.0.1', port: 0 })
console.log(app.server.address().port)

async function text (stream) {
  let whole = ''
  for await (const chunk of stream) whole += chunk
  return whole
}

// What loaders bring is kept under `kept`, away from what stands in the record itself.
function apart ({ author, byline, commentCount, comments, body, ...rest }) {
  const said = comments.nodes.map(({ author, ...comment }) => ({ ...comment, kept: { author } }))
  return { ...rest, body: body && textApart(body), kept: { author, byline, commentCount, comments: { nodes: said } } }
}

function textApart ({ links, ...rest }) {
  return { ...rest, kept: { links } }
}

// By the record and not by all its values, which would be written out as a key for each.
function loaded (name) {
  return { loader: async (queries) => queries.map(({ obj }) => obj.kept[name]), opts: { cache: false } }
}

function post ({ id, title, audience, createdAt, editedAt, body, kept }) {
  const { author, byline, commentCount, comments } = kept
  return {
    id,
    title,
    audience,
    createdAt,
    editedAt,
    commentCount,
    author: author && member(author),
    byline: { location: byline.location, bio: byline.bio && { text: byline.bio.text } },
    body: body && { html: body.html, links: body.kept.links.map(link) },
    comments: { nodes: comments.nodes.map(comment) }
  }
}

function member ({ id, handle, displayName, role, profile: { avatarUrl, location, birthday } }) {
  const day = birthday && { month: birthday.month, day: birthday.day }
  return { id, handle, displayName, role, profile: { avatarUrl, location, birthday: day } }
}

function link ({ url, text, host, isExternal, risk, reasons, leaveUrl, warning }) {
  const told = warning && { title: warning.title, message: warning.message, canContinue: warning.canContinue }
  return { url, text, host, isExternal, risk, reasons: [...reasons], leaveUrl, warning: told }
}

function comment ({ id, createdAt, body, kept: { author } }) {
  return {
    id,
    createdAt,
    author: author && { handle: author.handle, displayName: author.displayName },
    body: body && { html: body.html, text: body.text }
  }
}
