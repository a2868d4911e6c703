"""Runs the README's commands and puts what they print below them: python -m tests.readme

A block to be run stands in the README like this; the comment says how much of it is kept::

    <!-- run: lines=8 width=90 -->
    ```console
    $ kg query project "ASK { ?event kg:actor ?who }"
    …
    ```

A block of Turtle shows the first event that holds what its comment names, with its claim and its
evidence as ``graph.ttl`` has them::

    <!-- turtle: kg:mode plover:ASSAULT-abduct -->
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
MORE = "…"

BLOCK = re.compile(
    r"(?P<head><!-- run: lines=(?P<lines>\d+) width=(?P<width>\d+) -->\n```console\n)"
    r"(?P<body>.*?)(?P<tail>```\n)",
    re.DOTALL,
)

TURTLE = re.compile(
    r"(?P<head><!-- turtle: (?P<sign>.+?) -->\n```turtle\n)(?P<body>.*?)(?P<tail>```\n)", re.DOTALL
)


def commands(body: str) -> list[str]:
    """The commands of a block: each starts with "$ " and ends where its quotes are closed."""
    found: list[str] = []
    is_open = False
    for line in body.splitlines():
        if is_open:
            found[-1] += "\n" + line
        elif line.startswith("$ "):
            found.append(line[2:])
        else:
            continue
        is_open = found[-1].count('"') % 2 == 1
    return found


def in_workshop(folder: Path) -> Callable[[str], str]:
    """Something that runs a command as a reader of the README would, with the article at hand."""
    shutil.copyfile(ROOT / "corpus" / "2019-03-06-baghouz.txt", folder / "article.txt")
    for name in ("corpus", "ontology", "tests"):
        (folder / name).symlink_to(ROOT / name)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    environment = os.environ | {"PATH": path, "COLUMNS": "100", "PYTHONUTF8": "1"}

    def run(command: str) -> str:
        # Where nobody watches, kg prints CSV; the README shows what stands on a terminal.
        is_query = command.startswith("kg query") and "--format" not in command
        done = subprocess.run(
            command + " --format table" * is_query,
            shell=True,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{command}\nended with {done.returncode}: {done.stdout}")
        return done.stdout

    return run


def shortened(output: str, *, n_lines: int, width: int) -> str:
    """The output with long lines and later lines left out, each gap shown."""
    lines = [line.rstrip() for line in output.splitlines()]
    cut = [line if len(line) <= width else line[: width - 1].rstrip() + MORE for line in lines]
    kept = cut if len(cut) <= n_lines else [*cut[:n_lines], MORE]
    return "".join(f"{line}\n" for line in kept)


def excerpt(turtle: str, sign: str) -> str:
    """The blocks of the first event that holds ``sign``, of its first claim and of its evidence."""
    blocks = dict(block.split(" ", 1) for block in turtle.strip().split("\n\n"))
    event = next(name for name in blocks if name.startswith("event:") and sign in blocks[name])
    names = [event]
    for link in ("kg:claim", "kg:evidence"):
        found = re.search(rf"{link} (\S+)", blocks[names[-1]])
        names += [found[1]] if found else []
    return "\n".join(f"{name} {blocks[name].strip()}\n" for name in names)


def refreshed(text: str, run: Callable[[str], str]) -> str:
    """The README with what its commands print now."""

    def refill(match: re.Match[str]) -> str:
        n_lines, width = int(match["lines"]), int(match["width"])
        told = [
            f"$ {command}\n{shortened(run(command), n_lines=n_lines, width=width)}"
            for command in commands(match["body"])
        ]
        return match["head"] + "".join(told) + match["tail"]

    text = BLOCK.sub(refill, text)
    turtle = run("kg export project")
    return TURTLE.sub(lambda m: m["head"] + excerpt(turtle, m["sign"]) + m["tail"], text)


def main() -> None:
    """Refresh the README in place."""
    with tempfile.TemporaryDirectory() as folder:
        text = refreshed(README.read_text(encoding="utf-8"), in_workshop(Path(folder)))
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
