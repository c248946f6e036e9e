"""The startup error of the embedded run: sentences that tell the administrator what to do."""


class Refused(Exception):
    """The run cannot start, or a command failed; `sentences` has the reason, without secrets."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences
