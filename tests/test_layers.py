"""Data flows down this picture, imports point only up it."""

import ast
from pathlib import Path

import pytest

import kg

PACKAGE = Path(kg.__file__).parent

# What a module may import: modules of its own layer (a folder is one layer) and of those above it.
LAYERS = (
    "kg.errors",
    "kg.records",
    "kg.words",
    "kg.resources",
    "kg.turtle",
    "kg.placenames",
    "kg.countries",
    "kg.knownnames",
    "kg.staging",
    "kg.articles",
    "kg.nlp",
    "kg.extract",
    "kg.link",
    "kg.graph",
    "kg.jsonl",
    "kg.store",
    "kg.export",
    "kg.view",
    "kg.serve",
    "kg.batch",
    "kg.build",
    "kg.explain",
    "kg.unmerge",
    "kg.evaluate",
    "kg",
    "kg.cli",
    "kg.__main__",
)


def modules() -> list[str]:
    paths = (path.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("*.py"))
    names = (".".join(path.with_suffix("").parts) for path in paths)
    return sorted(name.removesuffix(".__init__") for name in names)


def layer_of(name: str) -> str:
    layer = ".".join(name.split(".")[:2])
    return layer if layer in LAYERS or name in modules() else "kg"


def imports(source: str) -> set[str]:
    """The modules of kg that ``source`` imports, at its top or within a function."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            found.add(node.module or "")
            # "from kg import store" imports a module, "from kg import Article" a name.
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found.update(inner & set(modules()))
    return {name for name in found if name == "kg" or name.startswith("kg.")}


def violations(module: str, source: str) -> list[str]:
    own = LAYERS.index(layer_of(module))
    return [
        f"{module} imports {name}, which stands below it"
        for name in sorted(imports(source))
        if LAYERS.index(layer_of(name)) > own
    ]


@pytest.mark.parametrize("module", modules())
def test_module_has_a_layer(module: str) -> None:
    assert layer_of(module) in LAYERS


@pytest.mark.parametrize("module", modules())
def test_imports_point_up(module: str) -> None:
    path = PACKAGE.parent.joinpath(*module.split("."))
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    assert violations(module, file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("kg.records", "from kg.errors import KGError\nimport kg.articles"),
        ("kg.articles", "def late():\n    from kg.build import build"),
        ("kg.articles", "from kg import build"),
        ("kg.extract.events", "import kg.link"),
    ],
)
def test_an_import_that_points_down_is_found(module: str, source: str) -> None:
    assert violations(module, source)


def test_records_import_nothing_of_kg() -> None:
    assert imports((PACKAGE / "records.py").read_text(encoding="utf-8")) == set()
