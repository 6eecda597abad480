"""Sheets for the tests: runners with names of many scripts, and lists of every awkward size."""

from __future__ import annotations

import random
from collections.abc import Sequence

from timing.printing.sheet import (
    Align,
    Column,
    Fact,
    Fit,
    Group,
    RowStyle,
    Sheet,
    Signature,
    State,
    Tone,
)

FIRST = (  # noqa: SIM905  # a list of words reads better
    "Anna,Björn,Chloé,Đặng,Eliška,François,Grzegorz,Håkon,İpek,João,Łukasz,Thị-Bích,Γιώργος,"
    "Дмитрий,Zoë,Maria,John,Sofia,Siân,Ørjan"
).split(",")
LAST = (  # noqa: SIM905  # the same
    "Müller,Nguyễn,Smith,Kowalski,García,Øverland,Παπαδόπουλος,Иванова,O'Connor,Sánchez,Keller,"
    "Brown (Jr.),Š\\ivák"
).split(",")
CLUBS = ("TSV Rot-Weiß Musterstadt", "Harriers", "LG Nord (Mitte)", "Club Atlético de Madrid", "")
NATIONS = ("GER", "KEN", "FRA", "USA", "VIE", "GRE")
LONG = "Maximiliana-Wilhelmina Bartholomäa von und zu Hohenlohe-Langenburg-Öhringen"
ONE_WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
RARE = (
    "محمد الفاتح عبد الرحمن",
    "משה כהן-לוי",
    "王小明",
    "山田 太郎",
    "김철수",
    "Mohamed (محمد) Salah 3",
    "Νίκος Καζαντζάκης",
    "Фёдор Достоевский",
    "Nguyễn Thị Bích Ngọc",
)


def clock(seconds: float, decimals: int = 0) -> str:
    whole = int(seconds)
    tail = f"{seconds - whole:.{decimals}f}"[1:] if decimals else ""
    return f"{whole // 3600}:{whole // 60 % 60:02d}:{whole % 60:02d}{tail}"


def columns(splits: int = 3) -> tuple[Column, ...]:
    return (
        Column(key="rank", heading="Rank", align=Align.RIGHT),
        Column(key="bib", heading="Bib", align=Align.RIGHT),
        Column(key="name", heading="Name", weight=3, strong=True),
        Column(key="sex", heading="Sex", align=Align.CENTRE),
        Column(key="born", heading="Born", align=Align.CENTRE),
        Column(key="club", heading="Club or city", weight=2),
        Column(key="nation", heading="Nat.", align=Align.CENTRE),
        Column(key="category", heading="Cat.", align=Align.CENTRE),
        Column(key="place", heading="Cat. place", align=Align.RIGHT),
        *(
            Column(key=f"split{n}", heading=f"{5 * (n + 1)} km", align=Align.TIME)
            for n in range(splits)
        ),
        Column(key="time", heading="Time", align=Align.TIME, strong=True),
        Column(key="gap", heading="Gap", align=Align.TIME),
    )


def finishers(count: int, splits: int = 3, seed: int = 1) -> list[tuple[str, ...]]:
    """Rows of the columns above, ranked, with unique bibs."""
    random_ = random.Random(seed)  # the same runners every time  # the same runners every time
    rows = []
    for number in range(count):
        time = 7800 + number * 1.7
        sex = random_.choice("MW")
        rows.append(
            (
                str(number + 1),
                str(10_000 + number),
                f"{random_.choice(FIRST)} {random_.choice(LAST)}",
                sex,
                str(random_.randint(1950, 2006)),
                random_.choice(CLUBS),
                random_.choice(NATIONS),
                sex + random_.choice(("", "35", "40", "75")),
                str(number // 8 + 1),
                *(clock(time * (n + 1) / (splits + 1)) for n in range(splits)),
                clock(time),
                "+" + clock(number * 1.7),
            )
        )
    return rows


def unranked(count: int, status: str, splits: int = 3) -> list[tuple[str, ...]]:
    blanks = ("",) * splits
    return [
        (
            "",
            str(90_000 + n),
            f"Maria Keller {n}",
            "W",
            "1980",
            "",
            "GER",
            "W45",
            "",
            *blanks,
            status,
            "",
        )
        for n in range(count)
    ]


def named(names: Sequence[str], splits: int = 3) -> list[tuple[str, ...]]:
    rows = finishers(len(names), splits)
    return [(*row[:2], name, *row[3:]) for row, name in zip(rows, names, strict=True)]


def sheet(
    *groups: Group, splits: int = 3, fit: Fit = Fit.SHRINK, state: bool = True, **more: object
) -> Sheet:
    """A results sheet with a full head and foot."""
    cells = tuple(
        Column(**{**_fields(column), "fit": fit}) if column.weight else column
        for column in columns(splits)
    )
    values: dict[str, object] = {
        "title": "City Marathon Musterstadt 2026",
        "subtitles": ("Marathon · Men and women", "Overall ranking"),
        "facts": (
            Fact("Place", "Musterstadt, Rathausplatz"),
            Fact("Start", "09:00:00 local time"),
            Fact("Timing", "Transponders, gun time, rounded up to whole seconds"),
        ),
        "state": State("Official v3", Tone.FINAL) if state else None,
        "as_of": "as of 14:05:22",
        "printed_at": "printed 2026-10-11 14:07 (+02:00)",
        "number": "MM-2026-R3",
        "link": "https://results.example/marathon/42",
        "link_text": "live results",
        "columns": cells,
        "groups": groups,
        "legend": (("DNF", "did not finish"), ("DQ", "disqualified")),
        "notes": ("Protests within 30 minutes of the announcement.",),
        "signatures": (Signature("Referee", "A. Beispiel"), Signature("Chief timekeeper")),
        "footer": "Timing: Example Crew",
        "author": "Example Crew",
    }
    return Sheet(**{**values, **more})  # type: ignore[arg-type]


def _fields(column: Column) -> dict[str, object]:
    return {name: getattr(column, name) for name in Column.__slots__}


def with_unranked(ranked: list[tuple[str, ...]], below: list[tuple[str, ...]]) -> Group:
    styles = [RowStyle.PLAIN] * len(ranked) + [RowStyle.UNRANKED] * len(below)
    return Group(rows=[*ranked, *below], styles=styles)
