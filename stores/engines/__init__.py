"""The engines this process uses: named servers as given, or a mongod and a redis-server of its own."""

from stores.engines.failure import DataDirInUse, EnginesUnavailable
from stores.engines.starting import Engines, join_engines, start_engines

__all__ = ["DataDirInUse", "Engines", "EnginesUnavailable", "join_engines", "start_engines"]
