import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from kg.articles import MAX_CHARACTERS, body_span, read_articles
from kg.records import Article, Failure
from tests.strategies import articles

STORY = "Units took the town. Nobody was hurt."


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def read(*inputs: Path | str) -> list[Article]:
    outcomes = list(read_articles(inputs))
    assert [each for each in outcomes if isinstance(each, Failure)] == []
    return [each for each in outcomes if isinstance(each, Article)]


def read_one(path: Path) -> Article:
    (article,) = read(path)
    return article


def fail_one(path: Path) -> str:
    (failure,) = read_articles([path])
    assert isinstance(failure, Failure)
    assert failure.stage == "read"
    assert "\n" not in failure.error
    assert failure.error.startswith(str(path))
    return failure.error.removeprefix(str(path))


def story(article: Article) -> str:
    start, end = body_span(article)
    return article.text[start:end]


def test_shipped_article_is_read_as_received(baghouz: Article) -> None:
    assert baghouz.id == "2019-03-06-baghouz"
    assert baghouz.published == date(2019, 3, 6)
    assert baghouz.title == "Baghouz"
    assert baghouz.text.startswith(" date 2019-03-06 US-backed")
    assert story(baghouz).startswith("US-backed Kurdish-led forces")
    assert story(baghouz).endswith("were still inside.")


@pytest.mark.parametrize(
    ("text", "published"),
    [
        (f" date 2019-03-06 {STORY}", date(2019, 3, 6)),
        (f"date 2019-03-06\n{STORY}", date(2019, 3, 6)),
        (f"\n\n  date\t2019-03-06\r\n\r\n{STORY}\r\n", date(2019, 3, 6)),
        (STORY, None),
        (f"  {STORY}\n", None),
        (f"\ufeff{STORY}", None),
        (f"\ufeff date 2019-03-06 {STORY}", date(2019, 3, 6)),
    ],
)
def test_text_keeps_every_character(tmp_path: Path, text: str, published: date | None) -> None:
    article = read_one(write(tmp_path / "a.txt", text))
    assert article.text == text
    assert article.published == published
    assert story(article) == STORY


@pytest.mark.parametrize("text", ["date palms bent in the wind.", "Date 2019 was a bad year."])
def test_a_story_may_start_with_the_word_date(tmp_path: Path, text: str) -> None:
    article = read_one(write(tmp_path / "a.txt", text))
    assert article.published is None
    assert story(article) == text


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_header_gives_fields_and_stays_in_the_text(tmp_path: Path, end: str) -> None:
    lines = [
        "---",
        'title: "Units: the town is ours"',
        "date: 2019-03-06T12:30:00Z",
        "Source: Example News",
        "url:https://news.example/1",
        "tags:",
        "  - war",
        "---",
        "",
        STORY,
        "",
    ]
    article = read_one(write(tmp_path / "a.txt", end.join(lines)))
    assert article.title == "Units: the town is ours"
    assert article.published == date(2019, 3, 6)
    assert article.source == "Example News"
    assert article.url == "https://news.example/1"
    assert article.text == end.join(lines)
    assert story(article) == STORY


def test_line_of_hyphens_alone_is_no_header(tmp_path: Path) -> None:
    text = f"---\nUnits: they came.\n{STORY}"
    assert "not closed" in fail_one(write(tmp_path / "a.txt", text))
    assert story(read_one(write(tmp_path / "b.txt", f"---\n\n{STORY}"))).endswith(STORY)


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.txt", f"Town taken after long siege\n\n{STORY}", "Town taken after long siege"),
        ("a.txt", f'Mayor: "We won"\n{STORY}', 'Mayor: "We won"'),
        ("a.txt", f" date 2019-03-06 Town taken\n{STORY}", "Town taken"),
        ("2019-03-06-town_falls.txt", STORY, "Town falls"),
        ("20190306.txt", STORY, "20190306"),
        ("town.txt", f"{STORY}\n\n{STORY}", "Town"),
        ("town.txt", f"LONDON,\n{STORY}", "Town"),
        ("town.txt", f"{'Town taken ' * 20}\n{STORY}", "Town"),
        ("town.txt", "Town taken after siege", "Town"),
    ],
)
def test_title_is_the_headline_or_the_name(
    tmp_path: Path, name: str, text: str, title: str
) -> None:
    assert read_one(write(tmp_path / name, text)).title == title


def test_file_without_suffix_is_text(tmp_path: Path) -> None:
    assert read_one(write(tmp_path / "article", STORY)).id == "article"


def test_long_line_is_read(tmp_path: Path) -> None:
    text = "Rain fell. " * 90_000
    assert read_one(write(tmp_path / "a.txt", text)).text == text


def test_record_gives_every_field(tmp_path: Path) -> None:
    record = {
        "id": "x-1",
        "title": "Town taken",
        "date": "2019-03-06",
        "source": "Example News",
        "url": "https://news.example/1",
        "text": STORY,
        "events": [],
    }
    assert read_one(write(tmp_path / "a.json", json.dumps(record))) == Article(
        id="x-1",
        title="Town taken",
        published=date(2019, 3, 6),
        source="Example News",
        url="https://news.example/1",
        text=STORY,
    )


def test_text_is_all_that_a_record_needs(tmp_path: Path) -> None:
    path = write(tmp_path / "town.json", json.dumps({"text": STORY, "title": None, "date": ""}))
    assert read_one(path) == Article(id="town", title="Town", text=STORY)


def test_record_wins_over_the_date_in_its_text(tmp_path: Path) -> None:
    text = f" date 2019-03-06 {STORY}"
    write(tmp_path / "a.json", json.dumps({"text": text, "date": "2020-01-02"}))
    write(tmp_path / "b.json", json.dumps({"text": text}))
    first, second = read(tmp_path)
    assert (first.published, second.published) == (date(2020, 1, 2), date(2019, 3, 6))
    assert story(first) == story(second) == STORY


def test_list_and_lines_number_what_has_no_id(tmp_path: Path) -> None:
    records = [{"text": STORY}, {"id": 7, "text": STORY}]
    lines = "\n\n".join(map(json.dumps, records))
    one = write(tmp_path / "list.json", json.dumps(records))
    two = write(tmp_path / "lines.jsonl", lines.replace("7", '"eight"'))
    assert [article.id for article in read(one, two)] == ["list-1", "7", "lines-1", "eight"]


def test_lines_keep_line_separators_and_marks(tmp_path: Path) -> None:
    text = "Rain\u2028fell\x85 here.\r\nIt stopped."
    line = json.dumps({"text": text}, ensure_ascii=False)
    path = write(tmp_path / "a.jsonl", f"\ufeff{line}\r\n")
    assert read_one(path).text == text


def test_folder_is_walked_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.json", ".hidden/x.txt", ".y.txt", "notes.md", "p.png"):
        write(tmp_path / name, json.dumps({"text": STORY}) if name.endswith("json") else STORY)
    assert [article.id for article in read(tmp_path)] == ["b", "c", "z"]


def test_file_named_twice_is_read_once(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", STORY)
    assert len(read(path, tmp_path, str(path), tmp_path / "." / "a.txt")) == 1


def test_files_of_one_name_get_ids_of_their_own(tmp_path: Path) -> None:
    for name in ("x/a.txt", "y/a.txt", "y/b.txt", "y/b.text"):
        write(tmp_path / name, STORY)
    ids = [article.id for article in read(tmp_path)]
    assert ids[:2] == ["x-a", "y-a"]
    assert len(set(ids)) == 4
    assert [article.id for article in read(tmp_path / "y", tmp_path / "x")][-1] == "x-a"


def test_id_that_is_taken_fails_and_names_both_places(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": "x", "text": STORY}) + "\n" for _ in range(2))
    path = write(tmp_path / "a.jsonl", lines)
    first, second = read_articles([path])
    assert isinstance(first, Article)
    assert isinstance(second, Failure)
    assert second.error == (
        f'{path}: line 2: the id "x" is taken by {path}: line 1; '
        "expected one article an id; change one of them"
    )


WRONG_FILES = [
    ("a.txt", b"", ": the text is empty; expected a story"),
    ("a.txt", b" \r\n\t", ": the text is empty"),
    ("a.txt", b"\xef\xbb\xbf", ": the text is empty"),
    ("a.txt", b" date 2019-03-06 \n", ": no story after the date"),
    ("a.txt", b"---\ntitle: x\n---\n", ": no story after the date or header"),
    ("a.txt", b"Units\0took", ": this is a binary file (a zero byte at offset 5); expected UTF-8"),
    ("a.txt", b"%PDF-1.7 x", ": this is a binary file (a PDF)"),
    ("a.txt", "Zo\u00eb left.".encode("latin-1"), ": byte 0xeb at offset 2 is not UTF-8"),
    ("a.txt", "Zo\u00eb left.".encode("utf-16"), ": this is a binary file"),
    ("a.txt", b" date 2019-13-45 Units", ': "2019-13-45" is not a date; expected YYYY-MM-DD'),
    ("a.txt", b" date 0001-01-01 Units", ': "0001-01-01" is not a date'),
    ("a.txt", b" date yesterday Units", ': "yesterday" is not a date'),
    ("a.txt", b"date 06/03/2019 Units", ': "06/03/2019" is not a date'),
    ("a.txt", b"---\ndate: soon\n---\nUnits", ': "soon" is not a date'),
    ("a.txt", b"---\ntitle: x\nUnits came.", ': the header is not closed; expected a line "---"'),
    ("a.txt", b"x" * (MAX_CHARACTERS + 1), ": 1,000,001 characters is too long"),
    ("a.txt", b"Rain fell. " * 460_000, ": 5,060,000 bytes is too long; expected 1,000,000 char"),
    ("a.json", b"", ": the file is empty; expected JSON"),
    ("a.json", b'{"text":\n "x"\n', ": not JSON at line 3, column 1"),
    ("a.json", b"[" * 100_000, ": JSON that cannot be read"),
    ("a.json", b"[]", ": the list is empty"),
    ("a.json", b'"x"', ": str is not a record"),
    ("a.json", b'{"id": "x", "body": "y"}', ': no "text" among the keys (body, id)'),
    ("a.json", b'{"text": null}', ': "text" is null; expected a string'),
    ("a.json", b'{"text": " "}', ": the text is empty"),
    ("a.json", b'{"text": "x", "title": []}', ': "title" is []; expected a string'),
    ("a.json", b'{"text": "x", "id": true}', ': "id" is true; expected a string'),
    ("a.json", b'{"text": "x", "id": "a\\nb"}', ': "id" is "a\\nb"; expected one line of letters'),
    ("a.json", b'{"text": "x", "date": 20190306}', ': "date" is 20190306; expected a string'),
    ("a.json", b'{"text": "x", "date": "2019-02-30"}', ': "2019-02-30" is not a date'),
    ("a.json", b'{"text": "x", "date": "2019-W10-3"}', ': "2019-W10-3" is not a date'),
    ("a.json", b'{"text": "x\\ud800y"}', ": U+D800 at character 1 is no text"),
    ("a.json", b'{"text": "x\\u0000y"}', ": U+0000 at character 1 is no text"),
    ("a.jsonl", b"{", ": line 1: not JSON at column 2"),
    ("a.jsonl", b"", ": the file is empty; expected a record a line"),
    ("a.jsonl", b"\n \n", ": the file is empty; expected a record a line"),
    ("a.jsonl", b"\xff", ": line 1: byte 0xff at offset 0 is not UTF-8"),
    ("a.pdf", b"x", ': files that end in ".pdf" cannot be read; expected .json, '),
]


@pytest.mark.parametrize(("name", "content", "message"), WRONG_FILES)
def test_what_is_wrong_is_said(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    error = fail_one(write(tmp_path / name, content))
    assert error.startswith(message)
    assert "; " in error
    assert len(error) < 250


def test_line_beyond_all_measure_is_cut_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.articles._MAX_LINE_BYTES", 100)
    path = write(tmp_path / "a.jsonl", f"{'x' * 350}\n" + json.dumps({"text": STORY}))
    first, second = read_articles([path])
    assert isinstance(first, Failure)
    assert "line 1: the line is longer than 100 bytes" in first.error
    assert isinstance(second, Article)
    assert second.id == "a-2"


def test_one_path_is_no_list_of_paths(tmp_path: Path) -> None:
    for path in (tmp_path, str(tmp_path)):
        with pytest.raises(TypeError, match="expected several"):
            list(read_articles(path))  # type: ignore[arg-type]


def test_missing_file_is_said(tmp_path: Path) -> None:
    assert "no such file" in fail_one(tmp_path / "none.txt")
    assert "no such file" in fail_one(tmp_path / "none.jsonl")
    assert "no such file" in fail_one(tmp_path / "none.json")


def test_folder_without_article_is_said(tmp_path: Path) -> None:
    write(tmp_path / "notes.md", STORY)
    assert "no article in this folder" in fail_one(tmp_path)


def test_one_that_fails_never_stops_the_others(tmp_path: Path) -> None:
    for number, (name, content, _) in enumerate(WRONG_FILES):
        write(tmp_path / f"{number:02}" / name, content)
    write(tmp_path / "zz" / "good.txt", STORY)
    outcomes = list(read_articles([tmp_path / "none", tmp_path]))
    assert [each.id for each in outcomes if isinstance(each, Article)] == ["good"]
    n_read = sum(not name.endswith(".pdf") for name, _, _ in WRONG_FILES)
    assert len(outcomes) == 2 + n_read


@given(articles)
def test_story_lies_within_any_text(article: Article) -> None:
    start, end = body_span(article)
    assert 0 <= start <= end <= len(article.text)
    assert article.text[end:].strip() == ""
