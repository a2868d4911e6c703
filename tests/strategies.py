"""Hypothesis strategies for whole records: any text, spans within it, ids that fit each other."""

from datetime import date

from hypothesis import strategies as st

from kg.records import (
    Article,
    ArticleResult,
    Attribution,
    Comparator,
    DateInterval,
    Entity,
    EntityKind,
    Event,
    Evidence,
    Location,
    Mention,
    MentionKind,
    Modality,
    Polarity,
    Quantity,
    QuantityRole,
    Role,
    RoleName,
    Span,
    TimeExpression,
)

CATEGORIES = ("ASSAULT", "CONSULT", None)

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80)
stories = texts.filter(lambda text: bool(text.strip("\ufeff \t\r\n")))
scores = st.floats(0, 1)
names = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)
dates = st.dates(date(1000, 1, 1), date(9999, 12, 31))
numbers = st.one_of(st.integers(0, 10**9), st.floats(0, 1e9))


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.none() | strategy


articles = st.builds(
    Article,
    id=names,
    text=stories,
    title=texts,
    published=maybe(dates),
    source=texts,
    url=maybe(texts),
)


@st.composite
def spans(draw: st.DrawFn, article: Article) -> Span:
    start = draw(st.integers(0, len(article.text) - 1))
    end = draw(st.integers(start + 1, len(article.text)))
    return Span(article_id=article.id, start=start, end=end)


@st.composite
def mentions(draw: st.DrawFn, article: Article, *, number: int) -> Mention:
    return Mention(
        id=f"m{number}",
        span=draw(spans(article)),
        head=draw(spans(article)),
        kind=draw(st.sampled_from(MentionKind)),
        entity_kind=draw(st.sampled_from(EntityKind)),
        sentence=draw(st.integers(0, 5)),
        score=draw(scores),
        label=draw(st.sampled_from(["", "PERSON", "GPE", "person", "pronoun"])),
    )


locations = st.builds(
    Location,
    gazetteer_id=names,
    name=names,
    latitude=st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    country=maybe(st.sampled_from(["SYR", "IRQ"])),
    score=scores,
)


@st.composite
def entities(draw: st.DrawFn, found: tuple[Mention, ...], *, number: int) -> Entity:
    ids = [mention.id for mention in found]
    return Entity(
        id=f"e{number}",
        kind=draw(st.sampled_from(EntityKind)),
        label=draw(texts),
        named=draw(st.booleans()),
        aliases=tuple(draw(st.lists(texts, max_size=2))),
        mention_ids=tuple(draw(st.lists(st.sampled_from(ids), unique=True))) if ids else (),
        country=draw(maybe(st.sampled_from(["SYR", "IRQ"]))),
        location=draw(maybe(locations)),
    )


@st.composite
def times(draw: st.DrawFn, article: Article) -> TimeExpression:
    first, last = sorted((draw(dates), draw(dates)))
    interval = DateInterval(first=first, last=last, resolved_from=draw(texts))
    return TimeExpression(
        span=draw(spans(article)),
        type=draw(st.sampled_from(["DATE", "TIME", "DURATION", "SET"])),
        value=draw(names),
        interval=draw(maybe(st.just(interval))),
    )


@st.composite
def roles(draw: st.DrawFn, article: Article, found: tuple[Entity, ...]) -> Role:
    return Role(
        name=draw(st.sampled_from(RoleName)),
        entity_id=draw(st.sampled_from([entity.id for entity in found])),
        span=draw(spans(article)),
        rule=draw(names),
        score=draw(scores),
        inferred=draw(st.booleans()),
    )


@st.composite
def quantities(draw: st.DrawFn, article: Article) -> Quantity:
    return Quantity(
        span=draw(spans(article)),
        value=draw(maybe(numbers)),
        maximum=draw(maybe(numbers)),
        comparator=draw(st.sampled_from(Comparator)),
        unit=draw(texts),
        role=draw(st.sampled_from(QuantityRole)),
    )


@st.composite
def attributions(draw: st.DrawFn, article: Article) -> Attribution:
    return Attribution(
        mention_id=draw(names),
        span=draw(spans(article)),
        cue=draw(spans(article)),
        rule=draw(names),
        entity_id=draw(maybe(names)),
    )


@st.composite
def evidences(draw: st.DrawFn, article: Article) -> Evidence:
    span = draw(spans(article))
    return Evidence(
        span=span,
        quote=article.text[span.start : span.end],
        rule=draw(names),
        model=draw(names),
        score=draw(scores),
    )


@st.composite
def events(draw: st.DrawFn, article: Article, found: tuple[Entity, ...], *, number: int) -> Event:
    """An event, its roles grouped by their name."""
    order = list(RoleName)
    filled = draw(st.lists(roles(article, found), max_size=3)) if found else []
    return Event(
        id=f"v{number}",
        label=draw(texts),
        trigger=draw(spans(article)),
        lemma=draw(names),
        action=draw(st.sampled_from(["attack", "capture", "meet"])),
        category=draw(st.sampled_from(CATEGORIES)),
        mode=draw(maybe(names)),
        sentence=draw(spans(article)),
        roles=tuple(sorted(filled, key=lambda role: order.index(role.name))),
        time=draw(maybe(times(article))),
        quantities=tuple(draw(st.lists(quantities(article), max_size=2))),
        polarity=draw(st.sampled_from(Polarity)),
        modality=draw(st.sampled_from(Modality)),
        attribution=draw(maybe(attributions(article))),
        evidence=draw(evidences(article)),
    )


@st.composite
def results(draw: st.DrawFn) -> ArticleResult:
    """A whole result: mentions of entities, entities of events, all spans within the text."""
    article = draw(articles)
    counts = draw(st.tuples(st.integers(0, 3), st.integers(0, 2), st.integers(0, 2)))
    n_mentions, n_entities, n_events = counts
    found = tuple(draw(mentions(article, number=number)) for number in range(n_mentions))
    things = tuple(draw(entities(found, number=number)) for number in range(n_entities))
    return ArticleResult(
        article=article,
        sentences=tuple(draw(st.lists(spans(article), max_size=2))),
        mentions=found,
        entities=things,
        times=tuple(draw(st.lists(times(article), max_size=2))),
        events=tuple(draw(events(article, things, number=number)) for number in range(n_events)),
    )
