"""Trusting and blocking hosts of other sites; a verdict also decides the case that reports about the host opened."""

from dataclasses import dataclass

from domain.text import HostVerdict
from stores.house import House
from stores.transactions import Transaction


@dataclass(frozen=True, slots=True)
class Judgement:
    """What holds for a host from now on, and why."""

    ascii_host: str
    verdict: HostVerdict | None
    """None takes a verdict back."""
    reason: str


async def judge(house: House, judgement: Judgement) -> None:
    """The verdict and the end of the case, both or neither."""
    host, verdict, now = judgement.ascii_host, judgement.verdict, house.now()

    async def write(transaction: Transaction) -> None:
        await house.stores.hosts.set_verdict(host, verdict, judgement.reason, now, transaction)
        await house.stores.cases.close_about_host(host, verdict, now, transaction)

    await house.stores.transactions.run(write)
