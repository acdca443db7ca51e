"""How large one operation may be, each limit with its reason. A limit that is passed is refused, never trimmed."""

from policy.limits import MAX_MODERATED_BOARDS

#: The deepest thread a client shows at once takes 12; the introspection that GraphiQL sends takes exactly 15.
MAX_DEPTH = 15

#: Aliases ask for the same thing many times over: enough for a page of widgets, too few to guess codes in bulk.
MAX_ALIASES = 30

#: Two for each of the fields that a screen shows conditionally.
MAX_DIRECTIVES = 50

#: All aliases and some plain fields beside them.
MAX_ROOT_FIELDS = 40

#: Parsing and validating cost CPU before anybody knows who asks: 1,000 tokens take about 10 ms.
MAX_TOKENS = 1_000
MAX_COMMENTS = 200
#: One token may be as long as the document: 64 KiB of escapes take 20 ms to read. Longer texts travel as variables.
MAX_DOCUMENT_LENGTH = 65_536

#: Fields that an operation may ask for, counted with their pages: 100 ms of CPU on the slower executor.
MAX_COST = 10_000

#: How many items a list without pages is counted as (links of a text, kinds of reaction, errors of a payload).
ASSUMED_LIST_LENGTH = 5

#: Those that are longer. A row for each field of the API, where no type is named.
LIST_LENGTHS = {
    "Query.fieldPolicies": 600,
    "Appeal.messages": 20,
    "Query.explanationTemplates": 200,
    "Viewer.moderatedBoards": MAX_MODERATED_BOARDS,
}

#: Steps that "overlapping fields can be merged" may take; 500,000 (graphql-core's own figure) burn a second.
MAX_FIELD_COMPARISONS = 20_000

#: Lists of ``__Type`` inside each other: fields of types of fields multiply, and no tool asks for them.
MAX_INTROSPECTION_LISTS = 1

#: What a field costs by itself where it is not 1.
FIELD_WEIGHTS = {
    # The whole schema, once an operation.
    "Query.__schema": 6_000,
    # One type with all its fields and their arguments.
    "Query.__type": 900,
    # A list of its own for each parent: a read each.
    "Member.posts": 50,
    "Board.posts": 50,
    "Viewer.followedBoards": 50,
    "Post.revisions": 50,
    "Comment.revisions": 50,
    "Board.postCount": 10,
    # Up to 200 ms of MongoDB for who follows as much as may be: several pages of it by aliases must stay few.
    "Viewer.feed": 1_000,
    # One read for all parents, which does more for each.
    "Post.comments": 10,
    "Comment.replies": 10,
    "Post.reactions": 5,
    "Comment.reactions": 5,
    "Case.reports": 10,
    "Case.decisions": 5,
    "Case.notes": 10,
    # Up to 50 transactions.
    "Mutation.decideCases": 5_000,
    # Up to five reads that no other field shares.
    "ViewAs.node": 20,
    # Up to 100 links, each with words.
    "RichText.links": 10,
    # Up to 50 members, read together with those of other texts.
    "RichText.mentions": 10,
    # Up to 1,000 signs are looked into.
    "RichText.excerpt": 5,
    # A text is rendered, which takes up to 100 ms: four an operation.
    "Mutation.checkPost": 2_500,
    "Mutation.createPost": 2_500,
    "Mutation.updatePost": 2_500,
    "Mutation.createComment": 2_500,
    "Mutation.updateComment": 2_500,
    "Mutation.updateProfile": 2_500,
    # Up to eight counts of a thousand posts each.
    "Mutation.previewFieldAudiences": 1_000,
    # A text is searched, at most 20 ms.
    "CheckPostPayload.notices": 500,
    "CreatePostPayload.notices": 500,
    "UpdatePostPayload.notices": 500,
    "CreateCommentPayload.notices": 500,
    "UpdateCommentPayload.notices": 500,
    "Mutation.createBoard": 2_500,
    "Mutation.updateBoard": 2_500,
    # A password is hashed slowly on purpose, about 50 ms: two an operation.
    "Mutation.signIn": 4_000,
    "Mutation.register": 4_000,
    "Mutation.resetPassword": 4_000,
    "Mutation.changePassword": 4_000,
}

#: Bytes of one request. A text of the longest kind in escapes is 120 kB.
MAX_BODY_BYTES = 262_144

#: Values inside ``variables``: a list of 80,000 empty strings fits into a body and takes 200 ms to coerce.
MAX_VARIABLE_VALUES = 2_000

#: Documents kept parsed: their texts together, for a parsed one takes about a hundred times its text.
MAX_KEPT_DOCUMENTS = 1_000
MAX_KEPT_CHARACTERS = 500_000

#: Errors that one refused document names; a client mends the first few and asks again.
MAX_VALIDATION_ERRORS = 20
