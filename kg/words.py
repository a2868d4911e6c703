"""Tables of words that stay readable in the code."""


def word_set(text: str) -> frozenset[str]:
    """The words of ``text``, which stand apart by blanks."""
    return frozenset(text.split())
