from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.staging import check_writable, staged_files


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def interrupt(folder: Path, error: type[BaseException]) -> None:
    with staged_files(folder, "a", "b") as staged:
        staged["a"].write_text("half-wri")
        raise error


def test_files_appear_when_the_block_ends(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "project"
    with staged_files(folder, "a", "b") as staged:
        for name, path in staged.items():
            path.write_text(name)
        assert not (folder / "a").exists()
    assert names(folder) == ["a", "b"]
    assert (folder / "b").read_text() == "b"


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_earlier_files_stay_whole_when_interrupted(
    tmp_path: Path, error: type[BaseException]
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("good")
    with pytest.raises(error):
        interrupt(tmp_path, error)
    assert names(tmp_path) == ["a", "b"]
    assert {(tmp_path / name).read_text() for name in ("a", "b")} == {"good"}


def test_file_that_was_not_written_is_an_error_and_replaces_nothing(tmp_path: Path) -> None:
    with pytest.raises(StoreError), staged_files(tmp_path, "a", "b") as staged:
        staged["a"].write_text("new")
    assert names(tmp_path) == []


def test_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("good")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreError, match=rf"^{folder}: cannot be written .*choose another"):
            check_writable(folder)
    assert (tmp_path / "file").read_text() == "good"


def test_place_that_can_be_written_is_left_empty(tmp_path: Path) -> None:
    check_writable(tmp_path / "new")
    assert names(tmp_path / "new") == []
