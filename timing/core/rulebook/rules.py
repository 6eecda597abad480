"""The rules of one contest as data: what counts, how it is rounded, how ties are judged.

Presets live in config/rules/*.toml, each with its source; an organiser overrides single keys.
"""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from timing.core.clock import SECOND, Duration


class Basis(StrEnum):
    """Which time is ranked."""

    GUN = "gun"
    NET = "net"
    NET_THEN_GUN = "net_then_gun"
    LAPS = "laps"


class Ties(StrEnum):
    """What equal ranked times mean.

    SHARED: equal times share the place (1-2-2-4). RECORDED: the order of recording decides,
    unless the judges declared a dead heat.
    """

    SHARED = "shared"
    RECORDED = "recorded"


class Title(StrEnum):
    """A list whose first three win medals: of everybody, of each sex, of each sex and category."""

    OVERALL = "overall"
    SEX = "sex"
    CATEGORY = "category"


class ContestRules(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the times of one contest become places.

    preset: the name of the data these values come from; source: where that rule is written.
    step: official times are rounded up to a multiple of this, once, after the subtraction.
    decimals: digits printed after the point.
    rank_exact: places follow the unrounded time (a photo finish reads thousandths), so that
        equal printed times need not be equal places.
    list_unstarted: entrants without any time are listed (DNS) rather than left out.
    unranked: order of those without a place.
    cautions_to_dq: so many cautions disqualify; 0 switches that off.
    titles: what one run counts for in the medal table; a relay has one title, overall.
    records: the record books that new times are held against, by name.
    """

    preset: str = "club-road"
    source: str = ""
    basis: Basis = Basis.GUN
    ties: Ties = Ties.SHARED
    step: Duration = SECOND
    decimals: int = 0
    rank_exact: bool = False
    list_unstarted: bool = True
    unranked: tuple[str, ...] = ("RUN", "DNF", "OTL", "WD", "DQ", "DNS")
    cautions_to_dq: int = 0
    titles: tuple[Title, ...] = (Title.SEX,)
    categories: str = ""
    prizes: str = ""
    teams: str = ""
    records: tuple[str, ...] = ("backward",)
    qualifying_marks: bool = True
