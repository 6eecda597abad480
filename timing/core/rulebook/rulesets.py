"""The rules of competition of an event as data: printed with it, and asked by the judges.

One file a rule book (config/rules/rulesets/*.toml) and one list of infractions. What a rule book
leaves open is switched off. Knows no results: a verdict is a proposal until an official rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from timing.core.refusal import Problem
from timing.core.rulefile import accept, read_checked, read_rules

Texts = dict[str, str]
"""Sentence by language; English is always there."""


class FinishPart(StrEnum):
    """What must reach the line. BODY: the torso, as everywhere else."""

    BODY = "body"
    BACK_SHOULDER = "back-shoulder"


class Guides(StrEnum):
    """Forward-running companions. PERMISSION: where the organiser permits one."""

    NONE = "none"
    PERMISSION = "permission"
    ONE = "one"
    ALLOWED = "allowed"


class Effect(StrEnum):
    """What an infraction does: NOTE nothing, CAUTION counts, DQ disqualifies."""

    NOTE = "note"
    CAUTION = "caution"
    DQ = "dq"


class Sentence(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule to print on start lists and results."""

    code: str
    text: Texts


class Ruleset(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule book.

    names: the name in other languages. bib: back or chest. free_false_starts: of the whole field;
    whoever causes a further one is out. lanes_to, lanes_leg_to, blocks_to: metres, 0 for none.
    cut_in: disciplines that leave their lanes at a mark. most_individual: contests for one
    athlete, 0 for any number; not_counted: kinds that do not count there. final_of: athletes in a
    final, 0 for the lanes. cautions_to_dq: so many cautions disqualify; 0 switches that off.
    """

    code: str
    name: str
    names: Texts = {}
    source: str
    certainty: str = "V"
    finish: FinishPart = FinishPart.BODY
    bib: str = "back"
    guides: Guides = Guides.NONE
    free_false_starts: int = 0
    lanes_to: int = 0
    lanes_leg_to: int = 0
    cut_in: tuple[str, ...] = ()
    blocks_to: int = 0
    most_individual: int = 0
    not_counted: tuple[str, ...] = ()
    final_of: int = 0
    cautions_to_dq: int = 0
    sentences: tuple[Sentence, ...] = ()

    def named(self, language: str) -> str:
        """The name in a language."""
        return self.names.get(language, self.name)

    def printed(self, language: str) -> tuple[str, ...]:
        """The rules in a language, in English where a sentence is not translated."""
        return tuple(text_in(sentence.text, language) for sentence in self.sentences)


class Infraction(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a judge may write down. usual: the effect proposed. rule: its number, to be printed."""

    code: str
    usual: Effect
    rule: str
    text: Texts


class FalseStarts(NamedTuple):
    """recalls: how often the field was called back. out: (bib, attempt) in order."""

    recalls: int
    out: tuple[tuple[str, int], ...]


class _Infractions(Struct, frozen=True, forbid_unknown_fields=True):
    infractions: tuple[Infraction, ...]


def text_in(texts: Mapping[str, str], language: str) -> str:
    """The text in a language, else in English."""
    return texts.get(language, texts["en"])


def decode_ruleset(text: str, file: str | None = None) -> Ruleset:
    """Read one config/rules/rulesets/*.toml. Raises Refusal."""
    return read_checked(text, Ruleset, check_ruleset, file=file)


def check_ruleset(ruleset: Ruleset) -> tuple[Problem, ...]:
    """No negative numbers, a bib that can be read, sentences with a code of their own."""
    return tuple(_ruleset_problems(ruleset))


def _ruleset_problems(ruleset: Ruleset) -> Iterator[Problem]:
    numbers = (
        "free_false_starts", "lanes_to", "lanes_leg_to", "blocks_to", "most_individual",
        "final_of", "cautions_to_dq",
    )  # fmt: skip
    for key in numbers:
        if getattr(ruleset, key) < 0:
            found = getattr(ruleset, key)
            yield Problem("ruleset-number", f"{ruleset.code}: {key} is {found}; expected 0 or more")
    if ruleset.bib not in ("back", "chest", "both"):
        sentence = f"the bib is on the {ruleset.bib!r}; expected back, chest or both"
        yield Problem("ruleset-bib", f"{ruleset.code}: {sentence}")
    named = [(sentence.code, sentence.text) for sentence in ruleset.sentences]
    yield from _text_problems(ruleset.code, "sentence", named)


def _text_problems(where: str, what: str, named: Sequence[tuple[str, Texts]]) -> Iterator[Problem]:
    for code, count in Counter(code for code, _ in named).items():
        if count > 1:
            yield Problem("text-twice", f"{where}: {what} {code!r} stands {count} times")
    for code, text in named:
        if "en" not in text:
            yield Problem("text-english", f"{where}: {what} {code!r} has no English text")


def decode_infractions(text: str, file: str | None = None) -> dict[str, Infraction]:
    """Read config/rules/infractions.toml by code. Raises Refusal."""
    rows = read_rules(text, _Infractions, file=file).infractions
    problems = _text_problems("infractions", "row", [(row.code, row.text) for row in rows])
    accept([problem._replace(file=file) for problem in problems])
    return {row.code: row for row in rows}


def false_starts(attempts: Iterable[Sequence[str]], free: int) -> FalseStarts:
    """Who is out after false starts.

    attempts: for each false start the bibs that caused it, none where nobody could be named.
    free: false starts of the field that only repeat the start; 0 as in World Athletics TR 16.8.
    """
    out: dict[str, int] = {}
    recalls = 0
    for number, bibs in enumerate(attempts, start=1):
        recalls = number
        if number > free:
            for bib in bibs:
                out.setdefault(bib, number)
    return FalseStarts(recalls, tuple(out.items()))


def contests_beyond(
    entries: Iterable[tuple[Hashable, str, str]], ruleset: Ruleset
) -> dict[Hashable, list[str]]:
    """Athletes with more individual contests than the rules allow, and which these are.

    entries: (athlete, contest, kind); kinds such as ``relay`` may not count.
    """
    counted: dict[Hashable, list[str]] = {}
    for athlete, contest, kind in entries:
        if kind not in ruleset.not_counted:
            counted.setdefault(athlete, []).append(contest)
    most = ruleset.most_individual
    return {athlete: found for athlete, found in counted.items() if most and len(found) > most}
