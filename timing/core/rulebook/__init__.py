"""The rules of the sport as data and single answers. Knows no event and no journal."""
