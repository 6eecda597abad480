"""The way to every desk stands in the order in which a race day needs it."""

from timing.web.staff.office import DOORS, PHASES


def test_every_desk_has_its_place_in_the_day(app):
    words = {door.endpoint.partition(".")[0] for door in DOORS}
    assert words == {word for _, desks in PHASES for word in desks}


def test_every_door_leads_somewhere(app):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert {door.endpoint for door in DOORS} <= endpoints
