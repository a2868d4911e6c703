"""Files that appear whole or not at all: written beside their place, then moved over it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import StoreError


@contextmanager
def staged_files(folder: Path, *names: str) -> Iterator[dict[str, Path]]:
    """Paths to write in place of ``names``; they replace those files when the block ends well.

    Where the block raises, the files of ``folder`` stay as they were. The folder is made if needed.

    Yields:
        For each name the path, in the same folder, that the block writes.

    Raises:
        StoreError: the folder or a file cannot be written.
    """
    paths = {name: folder / f".{name}.{os.getpid()}.part" for name in names}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield paths
        for path in paths.values():
            _flush(path)
        for name, path in paths.items():
            os.replace(path, folder / name)
    except OSError as error:
        raise StoreError(
            f"{folder}: cannot be written ({error.strerror or error}); expected a folder of yours "
            "with space left; choose another with -o",
            path=folder,
        ) from error
    finally:
        for path in paths.values():
            if path.exists():
                path.unlink()


@contextmanager
def replaced_file(path: Path) -> Iterator[Path]:
    """A new file beside ``path`` to write, which takes its place when the block ends well.

    Raises:
        OSError: a file cannot be made there, or cannot be moved.
    """
    handle, name = tempfile.mkstemp(prefix=f"{path.stem}-", suffix=".tmp", dir=path.parent)
    os.close(handle)
    try:
        yield Path(name)
        os.replace(name, path)
    finally:
        Path(name).unlink(missing_ok=True)


def check_writable(folder: Path) -> None:
    """Fail now, not after the work, where ``folder`` cannot be made or written.

    Raises:
        StoreError: the folder or a file in it cannot be written.
    """
    with staged_files(folder) as _:
        probe = folder / f".probe.{os.getpid()}.part"
        probe.write_bytes(b"")
        probe.unlink()


def _flush(path: Path) -> None:
    """Wait until the disk holds the file, so that a power cut cannot leave it empty."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
