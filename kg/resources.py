"""Where the files that come with kg lie."""

from pathlib import Path


def ontology_dir() -> Path:
    """The folder of the ontology's files: inside an installed package, else beside it."""
    package = Path(__file__).resolve().parent
    installed = package / "ontology"
    return installed if installed.is_dir() else package.parent / "ontology"
