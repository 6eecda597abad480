"""Every script has a font or a box that is reported; a font that is missing is named."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import font_roboto
import pytest

from tests.printing.reading import pages, text_of
from tests.printing.sheets import finishers, named, sheet
from timing.printing.document import draw
from timing.printing.lettering.faces import Face, FontError, house_book, open_face
from timing.printing.lettering.found_fonts import PREFERRED, find_face, font_files
from timing.printing.lettering.pieces import MISSING
from timing.printing.sheet import Group

HOUSE_ONLY = house_book(search=False)
EUROPE = (
    "ÀÉÎÕÜ àéîõü ß Łódź Žďár Ğıİş Ωμέγα Жаңа Їжак Ỹỗ Ặ ơ ư",
    "Nguyễn Thị Bích Ngọc",
    "Γιώργος Παπαδόπουλος",
    "Ѓорѓи Ќосев",
)
WORLD = {
    "Arabic": "محمد الفاتح",
    "Hebrew": "משה כהן",
    "Chinese": "王小明",
    "Japanese": "山田 さくら",
    "Korean": "김철수",
}


@pytest.mark.parametrize("name", EUROPE)
def test_the_house_fonts_have_the_scripts_of_europe_and_vietnamese(name: str) -> None:
    drawn = draw(sheet(Group(rows=named([name]))), book=HOUSE_ONLY)
    assert drawn.missing == {}
    assert name in text_of(drawn.pdf)


def test_figures_are_equally_wide_so_that_times_stand_in_columns() -> None:
    assert HOUSE_ONLY.regular.tabular
    assert HOUSE_ONLY.bold.tabular


@pytest.mark.parametrize("script", WORLD)
def test_other_scripts_take_a_font_of_the_system_where_there_is_one(script: str) -> None:
    name = WORLD[script]
    drawn = draw(sheet(Group(rows=named([name]))))
    found = all(find_face(house_book(), char, bold=True) for char in name if char != " ")
    if found:
        assert drawn.missing == {}
        text = text_of(drawn.pdf)
        assert name in text or name[::-1] in text
    else:
        assert set(drawn.missing) <= set(name)


def test_a_glyph_that_no_font_has_is_a_box_and_reported() -> None:
    drawn = draw(sheet(Group(rows=named(["Anna 王", "王 Björn"]))), book=HOUSE_ONLY)
    assert list(drawn.missing) == ["王"]
    text = text_of(drawn.pdf)
    assert f"Anna {MISSING}" in text
    assert f"{MISSING} Björn" in text
    page = next(pages(drawn.pdf))
    box = next(char for char in page.chars if char["text"] == MISSING)
    assert box["width"] > 3


def test_a_configured_font_is_asked_before_the_system() -> None:
    italic = Path(font_roboto.RobotoItalic)
    book = house_book((italic,), search=False)
    assert book.extra == (italic,)
    assert find_face(book, "a", bold=False) is open_face(italic)
    assert find_face(book, "王", bold=False) is None


def test_a_missing_or_broken_font_is_named_before_anything_is_drawn(tmp_path: Path) -> None:
    with pytest.raises(FontError, match=r"nowhere\.ttf: no such font file"):
        house_book((tmp_path / "nowhere.ttf",))
    broken = tmp_path / "broken.otf"
    broken.write_bytes(b"no font at all")
    with pytest.raises(FontError, match=r"broken\.otf: .*expected a TrueType or OpenType font"):
        Face(broken)


def test_a_broken_font_in_a_font_folder_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "NotoSans-Regular.ttf").write_bytes(b"rubbish")
    files = font_files((str(tmp_path),))
    assert files == (tmp_path / "NotoSans-Regular.ttf",)
    book = replace(house_book(files[:0], search=False), extra=files)
    assert find_face(book, "王", bold=False) is None


def test_families_made_for_names_come_first(tmp_path: Path) -> None:
    for name in ("AAA", "DejaVuSansMono", "NotoSansCJK-Regular", "DejaVuSans", "ArialBold"):
        (tmp_path / f"{name}.ttf").touch()
    found = [path.stem for path in font_files((str(tmp_path),))]
    assert found == ["DejaVuSans", "NotoSansCJK-Regular", "AAA", "DejaVuSansMono"]
    assert PREFERRED[0] == "NotoSans-"


def test_the_shapes_of_han_letters_follow_the_language_of_the_sheet() -> None:
    faces = [
        find_face(replace(house_book(), language=language), "直", bold=False)
        for language in ("zh", "ja", "zh-Hant", "ko")
    ]
    if faces[0] is None or faces[0].path.suffix != ".ttc":
        pytest.skip("no collection of Han fonts on this machine (Debian: fonts-noto-cjk)")
    assert len(set(faces)) == 4


SEEDED = """
import hashlib
from tests.printing.sheets import RARE, finishers, named, sheet
from timing.printing.document import draw
from timing.printing.sheet import Group
rows = finishers(4000)
print(hashlib.sha256(draw(sheet(Group(rows=rows), Group(rows=named(RARE)))).pdf).hexdigest())
"""


def test_another_process_with_other_hashes_gives_the_same_bytes() -> None:
    digests = {
        subprocess.run(
            [sys.executable, "-c", SEEDED],
            env={"PYTHONHASHSEED": seed, "PATH": "", "PYTHONPATH": str(Path.cwd())},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "77")
    }
    assert len(digests) == 1


def test_more_letters_than_one_font_part_holds_are_all_printed() -> None:
    """ReportLab splits a face into parts of 256 characters; texts that need two switch between."""
    letters = sorted(char for char in HOUSE_ONLY.bold.chars if char.isalpha())[:1200]
    names = ["".join(letters[start : start + 20]) for start in range(0, 1200, 20)]
    swift = draw(sheet(Group(rows=named(names))), book=HOUSE_ONLY)
    plain = draw(sheet(Group(rows=named(names))), book=HOUSE_ONLY, plain=True)
    assert swift.missing == {}
    one, other = ([page.extract_text() for page in pages(each.pdf)] for each in (swift, plain))
    assert one == other


def test_a_plain_list_embeds_two_faces_and_no_more() -> None:
    text = draw(sheet(Group(rows=finishers(30)))).pdf
    assert text.count(b"/FontFile2") == 2
    assert b"/FontFile3" not in text
