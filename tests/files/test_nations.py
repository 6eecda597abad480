"""Nations in entry lists: every code of sport is known and is itself."""

import pytest

from timing.files.entrants.nations import nation_name, nation_of

CODES = """
AFG ALB ALG AND ANG ANT ARG ARM ARU ASA AUS AUT AZE BAH BAN BAR BDI BEL BEN BER BHU BIH BIZ BLR
BOL BOT BRA BRN BRU BUL BUR CAF CAM CAN CAY CGO CHA CHI CHN CIV CMR COD COK COL COM CPV CRC CRO
CUB CYP CZE DEN DJI DMA DOM ECU EGY ERI ESA ESP EST ETH FIJ FIN FRA FSM GAB GAM GBR GBS GEO GEQ
GER GHA GRE GRN GUA GUI GUM GUY HAI HKG HON HUN INA IND IRI IRL IRQ ISL ISR ISV ITA IVB JAM JOR
JPN KAZ KEN KGZ KIR KOR KOS KSA KUW LAO LAT LBA LBN LBR LCA LES LIE LTU LUX MAD MAR MAS MAW MDA
MDV MEX MGL MHL MKD MLI MLT MNE MON MOZ MRI MTN MYA NAM NCA NED NEP NGR NIG NOR NRU NZL OMA PAK
PAN PAR PER PHI PLE PLW PNG POL POR PRK PUR QAT ROU RSA RUS RWA SAM SEN SEY SGP SKN SLE SLO SMR
SOL SOM SRB SRI SSD STP SUD SUI SUR SVK SWE SWZ SYR TAN TGA THA TJK TKM TLS TOG TPE TTO TUN TUR
TUV UAE UGA UKR URU USA UZB VAN VEN VIE VIN YEM ZAM ZIM
"""
"""Of the National Olympic Committees: en.wikipedia.org/wiki/List_of_IOC_country_codes."""


def test_every_code_of_an_olympic_committee_is_known_and_stays_as_it_is():
    assert [code for code in CODES.split() if nation_of(code) != code] == []


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("France", "FRA"), ("Frankreich", "FRA"), ("fr", "FRA"), ("Francia", "FRA"),
        ("DEU", "GER"), ("Allemagne", "GER"), ("Chad", "CHA"), ("TCD", "CHA"),
        ("Timor-Leste", "TLS"), ("Jemen", "YEM"), ("MMR", "MYA"), ("Congo - Kinshasa", "COD"),
        ("", ""), ("Atlantis", None), ("FXX", None),
    ],
)  # fmt: skip
def test_a_nation_is_known_by_code_and_by_name_and_a_withdrawn_code_is_none(written, code):
    assert nation_of(written) == code


def test_a_code_of_sport_has_a_name_in_every_language():
    assert nation_name("GER", "de") == "Deutschland"
    assert nation_name("SUI", "fr") == "Suisse"
    assert nation_name("CZE", "it") == "Cechia"


def test_a_code_of_no_nation_has_no_name():
    assert [nation_name(code, "en") for code in ("CAT", "XXX", "", "de")] == ["", "", "", ""]
