"""Document -> mentions, then event mentions: still text, not yet things."""

from kg.extract.assemble import extract

__all__ = ["extract"]
