"""What is wrong with an input, as values: a code and a sentence, and where it stands.

Knows nothing of who shows it: the terminal makes it ``FILE:LINE: sentence``, a page a form error.
"""

from __future__ import annotations

from typing import NamedTuple

from timing.core.sentence import Sentence, Value, worded


class Problem(NamedTuple):
    """One thing that is wrong.

    code: a short stable word for programs (``duplicate-bib``).
    said: what was found and what was expected, for people; starts in lower case, no full stop. A
        page shows a sentence in the language of its reader; a plain text is shown as it is.
    file: the file as its user named it, or None where there is none.
    line: line number in the file, counted from 1, or None where the whole file is meant.
    """

    code: str
    said: Sentence | str
    file: str | None = None
    line: int | None = None

    @property
    def sentence(self) -> str:
        """What is said, in English: for the terminal, for programs and for what is written down."""
        return str(self.said)

    def __str__(self) -> str:
        where = [str(part) for part in (self.file, self.line) if part is not None]
        return ": ".join([":".join(where), self.sentence] if where else [self.sentence])


class Refusal(Exception):  # noqa: N818 - the house's word; not every refusal is an error of ours
    """An input is refused as a whole: nothing of it was written. Carries at least one problem."""

    def __init__(self, *problems: Problem) -> None:
        if not problems:
            raise ValueError("a refusal without a problem; expected at least one")
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


def refused(code: str, template: str, /, **values: Value) -> Refusal:
    """Make the refusal of one thing that stands in no file; its sentence as ``worded`` takes it."""
    return Refusal(Problem(code, worded(template, **values)))
