"""How often something was done lately, counted in Redis, which may lose it.

Where Redis is away the caller is told so by ``RateLimitsUnavailable``; policy/limits.py says that its uses refuse then.
"""

from datetime import datetime, timedelta

from redis.asyncio import Redis
from redis.exceptions import RedisError

from policy.limits import RATES, Rate
from stores.vault import Vault


class RateLimitsUnavailable(Exception):
    """Redis did not answer."""


class RateLimits:
    """Counters that end with their window. Who is counted is named by a keyed digest, never by phone or address."""

    def __init__(self, redis: Redis, vault: Vault) -> None:
        self._redis = redis
        self._vault = vault

    async def consume_rate_limit(self, rate: Rate, who: str, at: datetime) -> datetime | None:
        """Count one more; None where that is allowed, else when it will be again."""
        allowance = RATES[rate]
        key = f"rate:{rate.value}:{self._vault.blind_index(rate.value, who)}"
        try:
            async with self._redis.pipeline(transaction=True) as pipeline:
                pipeline.set(key, 0, px=int(allowance.window.total_seconds() * 1000), nx=True)
                pipeline.incr(key)
                pipeline.pttl(key)
                _, times, left = await pipeline.execute()
        except RedisError as error:
            raise RateLimitsUnavailable from error
        return at + timedelta(milliseconds=left) if times > allowance.times else None
