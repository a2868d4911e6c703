"""Names that in the news mean a body, or a person, and nothing else.

The table is ``ontology/names.txt``, which ``python actors/make.py`` makes of the register of
actors: all that is no place's name, no other person's and no word of the language.
"""

import re
from functools import cache
from pathlib import Path

from kg.errors import OntologyError
from kg.placenames import name_key
from kg.resources import ontology_dir

NAMES_FILE = "names.txt"
TYPES = ("ORG", "PERSON")


def known_type(name: str) -> str | None:
    """What ``name`` means, "ORG" or "PERSON", where it is a body's or a person's alone.

    Its words may stand apart as a tokeniser leaves them ("Workers ' Party", "al - Qaeda").
    """
    if name.islower():
        return None
    return read_names().get(name_key(re.sub(r" (?=['\u2019])", "", name)))


@cache
def read_names(path: Path | None = None) -> dict[str, str]:
    """The types by ``name_key``; the default file is the one that ships.

    Raises:
        OntologyError: the file cannot be read, or a name stands below no type.
    """
    source = path or ontology_dir() / NAMES_FILE
    try:
        lines = source.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        message = f"{source}: cannot be read ({error}). Expected the table of names; reinstall kg."
        raise OntologyError(message, path=source) from error
    found: dict[str, str] = {}
    label = ""
    for number, line in enumerate(lines, start=1):
        if line.startswith("["):
            label = line.strip("[]")
        elif line and not line.startswith("#"):
            if label not in TYPES:
                message = f"{source}:{number}: {line!r} stands below {label or 'no type'!r}"
                raise OntologyError(f"{message}; expected {' or '.join(TYPES)}", path=source)
            found[name_key(line)] = label
    return found
