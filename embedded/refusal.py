"""The one way in which the embedded run says no: sentences that tell a person what to do."""


class Refused(Exception):
    """The run cannot start, or a command cannot go on; `sentences` says why, without secrets."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences
