"""A merge undone, for good: a line in the project's decisions, and the project written anew."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from kg.build import PROJECT_FILES, open_project
from kg.errors import ConfigError
from kg.link.across import BY_USER
from kg.link.decisions import DECISIONS_FILE, forbid, read_decisions
from kg.records import Merge
from kg.staging import staged_files
from kg.store.project import check_format, read_merges


def undo_merges(project: Path, merge_ids: Iterable[str]) -> list[Merge]:
    """Keep the records of each merge apart from now on, and write the project anew.

    Returns:
        The merges that are undone, in the order given.

    Raises:
        ConfigError: an id is none of the project's merges, or a user's decision made the merge.
        StoreError: the project cannot be read or written.
    """
    check_format(project)
    known = {merge.id: merge for merge in read_merges(project)}
    undone = [_find(known, merge_id, project) for merge_id in dict.fromkeys(merge_ids)]
    path = project / DECISIONS_FILE
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for merge in undone:
        text = forbid(text, merge.kept, merge.joined, note=" is not ".join(merge.names))
    with staged_files(project, DECISIONS_FILE, *PROJECT_FILES) as staged:
        staged[DECISIONS_FILE].write_text(text, encoding="utf-8", newline="\n")
        decisions = read_decisions(staged[DECISIONS_FILE])
        replace(open_project(project), decisions=decisions).write(staged)
    return undone


def _find(known: dict[str, Merge], merge_id: str, project: Path) -> Merge:
    merge = known.get(merge_id.removeprefix("merge:"))
    if merge is None:
        raise ConfigError(
            f'{merge_id}: no merge of {project}. Expected an id that "kg merges {project}" lists.'
        )
    if merge.rule == BY_USER:
        raise ConfigError(
            f"{merge_id}: {DECISIONS_FILE} of {project} says that {merge.kept} and {merge.joined} "
            f"are the same. Expected a merge of kg's own; delete that entry and run \"kg relink "
            f'{project}".',
            path=project / DECISIONS_FILE,
        )
    return merge
