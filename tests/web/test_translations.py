"""Every text of every page is there in every language, and a German page is German."""

from __future__ import annotations

import gettext
import re
from html.parser import HTMLParser

import pytest

from tests.web import race, texts
from tests.web.texts import LANGUAGES, PLACES, source_texts, translated
from timing.services.demo.loading import load_demos

PAGES = (
    "/", "/mile", "/mile/five", "/mile/five?view=splits&q=a", "/mile/five?view=heats",
    "/mile/bib/101?with=102", "/mile/bib/105", "/mile/bib/101/enquiry", "/mile/find?q=a",
    "/mile/find?q=quux", "/mile/five/prizes", "/mile/medals", "/mile/records", "/mile/on-course",
    "/mile/five/versions", "/mile/bib/999", "/nowhere", "/mile/five?page=x", "/mile/five?page=9",
    "/a/b/c/d/e",
)  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated(language):
    missing = sorted(map(str, source_texts() - translated(language).keys()))
    assert missing == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_left_of_a_text_that_is_gone(language):
    assert sorted(map(str, translated(language).keys() - source_texts())) == []


def places(text: str) -> set[str]:
    """The names of the values; how they are quoted is a matter of the language."""
    return {place.replace("!r", "") for place in PLACES.findall(text)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_places_of_its_text(language):
    wrong = []
    for text, forms in translated(language).items():
        wanted = places(text if isinstance(text, str) else text[-1])
        for number, form in enumerate(forms):
            found = places(form)
            lesser = number == 0 and len(forms) > 1 and found < wanted
            if found != wanted and not lesser:
                wrong.append((text, form))
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_compiled_catalogue_is_fresh(language):
    """``make texts`` compiles; both files are kept."""
    path = texts.TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo"
    with path.open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for text, forms in translated(language).items():
        if isinstance(text, str):
            assert compiled.gettext(text) == forms[0]
        else:
            assert compiled.ngettext(*text, 1) == forms[0]
            assert compiled.ngettext(*text, 2) == forms[1]


class _Words(HTMLParser):
    """The texts that a reader sees or hears."""

    def __init__(self):
        super().__init__()
        self.found = []
        self._mute = 0

    def handle_starttag(self, tag, attrs):
        self._mute += tag in ("script", "style")
        self.found += [value for name, value in attrs
                       if name in ("aria-label", "title", "placeholder") and value]  # fmt: skip

    def handle_endtag(self, tag):
        self._mute -= tag in ("script", "style")

    def handle_data(self, data):
        if not self._mute:
            self.found.append(data)


def seen(page: str) -> set[str]:
    parser = _Words()
    parser.feed(page)
    return {" ".join(text.split()) for text in parser.found if text.strip()}


def shape(text: str) -> re.Pattern[str]:
    """What a text looks like with its places filled in."""
    parts = PLACES.split(text)
    return re.compile(".+?".join(map(re.escape, parts)))


@pytest.mark.parametrize("address", PAGES)
def test_no_page_shows_an_untranslated_text_in_german(five, client, address):
    page = client.get(address, headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})
    assert '<html lang="de">' in page.text
    german = translated("de")
    english = [
        shape(each)
        for text, forms in german.items()
        for each in ([text] if isinstance(text, str) else text)
        if each not in forms and len(PLACES.sub("", each)) > 3
    ]
    shown = seen(page.text)
    left = {text for text in shown for each in english if each.fullmatch(text)}
    data = {"Five kilometres", "Turn", "Finish", "Start", "Final"}  # of the race, not of the page
    assert {text for text in left - data if not text.isupper()} == set()


def test_the_language_is_chosen_by_address_before_header_and_is_told_to_caches(five, client):
    german = client.get("/mile/five?lang=de", headers={"Accept-Language": "fr"})
    assert "Zeit" in german.text
    assert 'lang="de"' in german.text
    assert 'lang="fr"' in client.get("/mile/five", headers={"Accept-Language": "fr"}).text
    assert 'lang="en"' in client.get("/mile/five", headers={"Accept-Language": "ja"}).text
    assert 'lang="en"' in client.get("/mile/five?lang=xx").text
    assert "Accept-Language" in german.headers["Vary"]
    assert "Cookie" not in german.headers["Vary"]


def test_dates_and_numbers_follow_the_language(five, client):
    assert "5. Juli 2025" in client.get("/mile?lang=de").text
    assert "5 juillet 2025" in client.get("/mile?lang=fr").text
    load_demos(five)
    half = "/retro-worlds/half-marathon"
    assert "21,0975\u00a0km" in client.get(f"{half}?lang=de").text
    assert "21.0975\u00a0km" in client.get(half).text
    assert "6,0975 km" in client.get(f"{half}?lang=de&view=splits").text


def bare_words(template: str) -> list[str]:
    """Words that stand in a template outside of every text that can be translated."""
    bare = re.sub(r"{% block event %}.*?{% endblock %}", "", template)
    bare = re.sub(r"{#.*?#}|{%.*?%}", " ", bare, flags=re.DOTALL)
    bare = re.sub(r"{{.*?}}", "0", bare, flags=re.DOTALL)
    bare = re.sub(r"<(script|style|title|kbd)\b.*?</\1>", "", bare, flags=re.DOTALL)
    parser = _Words()
    parser.feed(bare)
    return [text.strip() for text in parser.found if re.search(r"[^\W\d_]{3,}", text)]


ANYWHERE = re.compile(r"(Website|km|[A-Z]{2,5}|[^A-Za-z])*")
"""Codes, kinds of files and units are the same everywhere; nobody sees the trap for robots."""


@pytest.mark.parametrize(
    "path",
    sorted(texts.TEMPLATES.rglob("*.html")),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_no_template_has_words_of_its_own(path):
    words = bare_words(path.read_text(encoding="utf-8"))
    assert [word for word in words if not ANYWHERE.fullmatch(word)] == []


def test_the_language_of_a_race_is_nobodys_business_but_the_readers(house, client):
    race.hold(house, race.race(languages=("de",)), race.field(1), race.times([1]))
    assert 'lang="en"' in client.get("/mile", headers={"Accept-Language": "en"}).text
