"""A run's output on the terminal: a few lines during startup, then one line for each event."""

import contextlib
import os
import sys
import time
from collections.abc import Sequence
from typing import TextIO

_BOLD, _DIM, _RED, _GREEN, _YELLOW = "1", "2", "31", "32", "33"


class Terminal:
    """Writes to a stream that may be a terminal, a file, or gone."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._colours = self._stream.isatty() and "NO_COLOR" not in os.environ
        self._began = time.monotonic()

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self._began

    def line(self, text: str = "") -> None:
        """One line as it is."""
        with contextlib.suppress(OSError, ValueError):  # a closed terminal must not end the run
            print(text, file=self._stream, flush=True)

    def title(self, text: str) -> None:
        """A heading."""
        self.line(self._painted(text, _BOLD))

    def step(self, text: str) -> None:
        """A finished step of the startup."""
        self.line(f"  {self._painted(f'{self.seconds:5.1f} s', _DIM)}  {text}")

    def event(self, text: str) -> None:
        """An event while running."""
        self.line(f"  {self._painted(time.strftime('%H:%M:%S'), _DIM)}  {text}")

    def warning(self, text: str) -> None:
        """A warning that the administrator must not overlook."""
        self.line(self._painted(f"  !! {text}", _BOLD, _YELLOW))

    def failure(self, sentences: Sequence[str]) -> None:
        """The reason why the run did not start."""
        for sentence in sentences:
            self.line(self._painted(f"zaiseki: {sentence}", _RED))

    def done(self, text: str) -> None:
        """A success."""
        self.line(self._painted(text, _BOLD, _GREEN))

    def table(self, rows: Sequence[tuple[str, str, str]]) -> None:
        """Name, value, remark."""
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        for name, value, remark in rows:
            shown = self._painted(value.ljust(widths[1]), _BOLD)
            self.line(f"  {name.ljust(widths[0])}  {shown}  {self._painted(remark, _DIM)}".rstrip())

    def _painted(self, text: str, *codes: str) -> str:
        return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if self._colours else text
