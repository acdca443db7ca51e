"""Why there are no engines, as a sentence for the person who starts the service."""

from pathlib import Path

ADVICE = "MONGODB_URI and REDIS_URL name the servers to use; where one is unset, Veranda starts its own."


class EnginesUnavailable(Exception):
    """An engine can neither be reached nor started; the message says why and names the variables that decide."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"{reason} {ADVICE}")


class DataDirInUse(EnginesUnavailable):
    """Another service holds the data folder, and with it the engines."""

    def __init__(self, data_dir: Path, holder: str) -> None:
        super().__init__(
            f"Another Veranda (process {holder}) already uses {data_dir}:"
            " stop it, or set VERANDA_DATA_DIR to another folder."
        )
