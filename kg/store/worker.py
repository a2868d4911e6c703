"""The child process that answers one query: it can be ended, which a query within a process cannot.

Run by path, so that it starts without the rest of kg. Standard input holds a line of JSON
(``{"query": …, "graph": PATH or null}``) and, where the path is null, the graph as N-Triples.
Standard output gets the kind of the answer on a line, then its body.
"""

import json
import sys

import pyoxigraph as ox


def main() -> int:
    """Answer the query of standard input; 0 done, 3 the query failed."""
    request = json.loads(sys.stdin.buffer.readline())
    store = ox.Store()
    if request["graph"] is None:
        store.bulk_load(input=sys.stdin.buffer.read(), format=ox.RdfFormat.N_TRIPLES)
    else:
        store.bulk_load(path=request["graph"], format=ox.RdfFormat.TURTLE)
    _forbid_opening()
    try:
        kind, body = answer(store, request["query"])
    except (SyntaxError, ValueError, OSError, RuntimeError) as error:
        sys.stdout.write(f"{type(error).__name__}\n{error}")
        return 3
    sys.stdout.buffer.write(kind.encode() + b"\n" + body)
    return 0


def answer(store: ox.Store, query: str) -> tuple[str, bytes]:
    """The kind of the answer ("json" or "nt"), and its body in that format."""
    found = store.query(query)
    if isinstance(found, ox.QueryTriples):
        return "nt", found.serialize(format=ox.RdfFormat.N_TRIPLES) or b""
    return "json", found.serialize(format=ox.QueryResultsFormat.JSON) or b""


def _forbid_opening() -> None:
    """From here on no file and no socket can be opened, where the system has such a limit."""
    try:
        import resource
    except ImportError:  # Windows: the check of the query stands alone
        return
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))


if __name__ == "__main__":
    sys.exit(main())
