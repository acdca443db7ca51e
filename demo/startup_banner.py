"""Seeds the demo where that is safe, and tells whoever started the service how to begin."""

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

import structlog
from rich.console import Console

from demo.data.people import MEMBER, MODERATOR
from demo.seed_once import Seeding, may_live_here, seed
from resolvers.context import AppServices
from settings import Settings

log = structlog.get_logger()

#: The product in one answer: a byline trimmed for this reader, and links with what to know before following them.
FIRST_QUERY = """{ feed(first: 1) { nodes {
  title
  author { handle displayName }
  byline { location bio { text } }
  body { text links { text host risk reasons warning { title } } }
} } }"""

#: Signed in as the member: what waits on her message board until she approves it.
MEMBER_QUERY = "{ viewer { boardEntriesToReview(first: 5) { nodes { id title author { displayName } } } } }"

SIGN_IN_AS = f"""\
Sign in as          handle    password
  a member          {MEMBER.handle:<8}  {MEMBER.password}
  the moderator     {MODERATOR.handle:<8}  {MODERATOR.password}
In GraphiQL:
  mutation {{ signIn(input: {{ login: "{MEMBER.handle}", password: "{MEMBER.password}" }}) {{
    viewer {{ member {{ handle }} }} errors {{ message }} }} }}
and then, what waits on her message board:
  {MEMBER_QUERY}"""

FIRST_THINGS = """\
The newest post, as a signed-out visitor sees it (its author shows the bio to members only):

{curl}"""

STOP = "Ctrl-C stops the service and its engines; what was written is kept."

REFUSED = """\
No demo was added: its passwords are known to everyone, and this service can be reached from elsewhere.
Start it with VERANDA_HOST=127.0.0.1, without VERANDA_PUBLIC_URL and VERANDA_ENV, to get one."""

EXPOSED = """\
WARNING: this database holds the demo's accounts, one of them a moderator, whose passwords are known to everyone.
Serve another database (VERANDA_DATA_DIR or MONGODB_URI) to people beyond this machine."""

WHY_NOT: Mapping[Seeding, str] = {
    Seeding.NOT_EMPTY: "No demo was added: this database has members of its own.",
    Seeding.LEFT_HALF: "The demo was cut off too long ago to be completed; an empty VERANDA_DATA_DIR gets a whole one.",
}


def first_curl(site_url: str) -> str:
    """A command that asks ``FIRST_QUERY`` as printed; the README shows it and its answer."""
    return (
        f"curl -sG {site_url}/graphql --data-urlencode 'query={FIRST_QUERY}' | python3 -m json.tool --no-ensure-ascii"
    )


async def seed_and_announce(settings: Settings, services: AppServices, *, with_demo: bool) -> None:
    """Seed an empty database if asked to, then print where to go and, with the demo, who to sign in as."""
    demo = await _demo(settings, services) if with_demo else await _warning(settings, services)
    told = (_addresses(settings), *demo, STOP)
    # Commands must stay whole when copied, so nothing is wrapped or read as markup.
    Console(soft_wrap=True, markup=False, highlight=False, emoji=False).print("\n\n".join(told))


async def _demo(settings: Settings, services: AppServices) -> tuple[str, ...]:
    """What is to be said of the demo, which is there afterwards if that is safe."""
    if not _is_for_this_machine_alone(settings):
        log.warning("demo.refused", reason="its passwords are printed for everyone", host=settings.host)
        return REFUSED, *await _warning(settings, services)
    outcome = await seed(services.accounts, services.content.site)
    if outcome is Seeding.THERE:
        return SIGN_IN_AS, FIRST_THINGS.format(curl=first_curl(settings.site_url))
    return (WHY_NOT[outcome],)


async def _warning(settings: Settings, services: AppServices) -> tuple[str, ...]:
    """That anyone can sign in as the demo's people, where they live in a database that is served to others."""
    if _is_for_this_machine_alone(settings) or not await may_live_here(services.core):
        return ()
    log.warning("demo.exposed", reason="its passwords are printed for everyone", host=settings.host)
    return (EXPOSED,)


def _addresses(settings: Settings) -> str:
    site = settings.site_url
    return f"Veranda is open at {site}\n  API       {site}/graphql\n  GraphiQL  {site}/graphiql"


def _is_for_this_machine_alone(settings: Settings) -> bool:
    """Whether, as far as the settings tell, only this machine's users can reach the service."""
    public_host = urlsplit(settings.public_url).hostname or settings.host
    return settings.env != "production" and _is_loopback(settings.host) and _is_loopback(public_host)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
