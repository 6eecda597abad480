"""What turns up while files are read: problems, which refuse the input, and notices, which do not.

All problems of an input are collected, so that its author mends them in one go.
"""

from __future__ import annotations

from typing import NoReturn

from timing.core.refusal import Problem, Refusal
from timing.core.sentence import Sentence, worded

MOST = 50
"""So many problems are told; an input with more is wrong as a whole."""


class Findings:
    """A list of problems and one of notices that the readers of files add to."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.notices: list[Problem] = []

    def problem(
        self, code: str, said: Sentence | str, file: str | None = None, line: int | None = None
    ) -> None:
        """Add a problem. Raises Refusal when there are more than MOST."""
        if len(self.problems) == MOST:
            rest = worded("more than {most} problems; reading stopped here", most=MOST)
            self.problems.append(Problem("too-many-problems", rest, file, line))
            self.refuse()
        self.problems.append(Problem(code, said, file, line))

    def notice(
        self, code: str, said: Sentence | str, file: str | None = None, line: int | None = None
    ) -> None:
        """Add something worth telling that refuses nothing."""
        self.notices.append(Problem(code, said, file, line))

    def refuse(self) -> NoReturn:
        """Refuse the input for its problems, in the order of files and lines."""
        order = {problem.file: place for place, problem in reversed([*enumerate(self.problems)])}
        raise Refusal(*sorted(self.problems, key=lambda each: (order[each.file], each.line or 0)))

    def settle(self) -> None:
        """Refuse the input if any problem turned up."""
        if self.problems:
            self.refuse()
