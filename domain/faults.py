"""Faults that a client may hear about; every other exception is masked."""


class PublicFault(Exception):
    """A fault with a stable ``code`` for programs and a sentence for the person.

    It stands for what no input field can mend (the database is away, a role is missing); what a person can mend is a
    payload error.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
