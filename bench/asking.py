"""The asking side, in a process of its own so that it costs the measured one nothing.

Reads an Order from standard input, sends it again and again over one connection and writes the last answer's body to
standard output.
"""

import asyncio
import http.client
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

import orjson

TIMEOUT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Order:
    """What to send, and how often."""

    url: str
    times: int = 1
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    """Sent by POST; without one it is a GET."""
    bodies: list[str] = field(default_factory=list)
    """Sent by POST, each once; if there are any, instead of the above."""


async def ask(order: Order) -> bytes:
    """Have another process carry out ``order``; the last answer's body. Raises where an answer was no 200."""
    asking = await asyncio.create_subprocess_exec(
        sys.executable, "-m", __name__, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    answer, _ = await asking.communicate(orjson.dumps(asdict(order)))
    if asking.returncode != 0:
        raise RuntimeError(f"{order.url} did not answer as it should; see above")
    return answer


def carry_out(order: Order) -> bytes:
    """The body of the last answer."""
    target = urlsplit(order.url)
    connection = http.client.HTTPConnection(target.hostname or "", target.port, timeout=TIMEOUT_SECONDS)
    answer = b""
    bodies: Sequence[str | None] = order.bodies or [order.body] * order.times
    for body in bodies:
        sent = None if body is None else body.encode()
        connection.request("GET" if sent is None else "POST", f"{target.path}?{target.query}", sent, order.headers)
        response = connection.getresponse()
        answer = response.read()
        if response.status != http.client.OK:
            raise SystemExit(f"{response.status} {answer!r}")
    connection.close()
    return answer


if __name__ == "__main__":
    sys.stdout.buffer.write(carry_out(Order(**orjson.loads(sys.stdin.buffer.read()))))
