"""What a viewer can learn of what they may not see, and why that is so. Nothing else; the proof leaves these out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Exemption:
    """A way to learn something, and the reason that it is there."""

    what: str
    why: str


DECLARED = (
    Exemption("whether a handle is taken", "handles are public; registering has to refuse one that is taken"),
    Exemption("that somebody blocks the viewer", "signed out, the viewer sees what is public of them"),
    Exemption("that something stood where a tombstone stands", "what others said below keeps its place"),
    Exemption(
        "how somebody reacted, by blocking them and counting again",
        "the reactions of those who are parted from the viewer are not counted",
    ),
    Exemption(
        "which of what friends see is for friends alone, by ceasing to be one",
        "what is for friends ends with the friendship, and the rest stays",
    ),
    Exemption(
        "that moderators have looked at words and let them stand until they are edited, by reporting them",
        "whoever reports is owed the outcome, and it is known already",
    ),
    Exemption(
        "what was removed from a board, by deciding about it there as one of its moderators",
        "what was wrongly removed is theirs to restore, and they read on as any other member does",
    ),
    Exemption(
        "what others said to a post, by approving an edit that opens it to oneself",
        "whoever reviews what is to be for many becomes one of them",
    ),
    Exemption("the request's id and the time", "they are about the request"),
)
