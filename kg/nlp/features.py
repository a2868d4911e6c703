"""What the model is told of a word beside its uncased pieces, and how its lemma is written."""

SHAPES = ("none", "lower", "title", "upper", "initial", "mixed", "digits", "alphanumeric", "symbol")


def shape_of(word: str) -> int:
    """The index in SHAPES of the word's case and character class; 0 is kept for special pieces."""
    if word.isdigit():
        return 6
    if any(c.isdigit() for c in word):
        return 7
    if not any(c.isalpha() for c in word):
        return 8
    if word == word.lower():
        return 1
    if word == word.upper():
        return 3 if len(word) > 1 else 4
    return 2 if word[0].isupper() and word[1:] == word[1:].lower() else 5


def apply_script(form: str, script: str) -> str:
    """The lemma that an edit script makes of a word form.

    Args:
        form: the word as written.
        script: "=lemma" for a whole lemma, else "case|cut|add": cut that many characters from the
            end, add a string, and write it in lower case, with a capital, or as the form is.

    Returns:
        The lemma; the form itself where the script would leave nothing.
    """
    if script.startswith("="):
        return script[1:]
    case, cut, add = script.split("|", 2)
    stem = form[: len(form) - int(cut)] if int(cut) else form
    if case == "keep":
        return (stem + add) or form
    lemma = (stem + add).lower() or form
    return lemma[:1].upper() + lemma[1:] if case == "title" else lemma
