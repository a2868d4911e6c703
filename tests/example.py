"""One article and its result, made by hand: who captured whom, where, when, how many, says who."""

from datetime import date

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

TEXT = "Alma units captured 400 fighters in Hajin today, Anna Berg said."


def captured(article_id: str = "hajin") -> ArticleResult:
    """The result for an article of one sentence."""
    article = Article(
        id=article_id, text=TEXT, title="Fighters captured", published=date(2019, 3, 6)
    )
    place = Location(
        gazetteer_id="1", name="Hajin", latitude=34.7, longitude=40.8, country="SYR", score=0.9
    )
    return ArticleResult(
        article=article,
        sentences=(_span(article, TEXT),),
        mentions=tuple(
            _mention(article, text, kind)
            for text, kind in (
                ("Alma units", EntityKind.GROUP),
                ("400 fighters", EntityKind.GROUP),
                ("Hajin", EntityKind.PLACE),
                ("Anna Berg", EntityKind.PERSON),
            )
        ),
        entities=(
            _entity("Alma units", EntityKind.GROUP),
            _entity("400 fighters", EntityKind.GROUP),
            _entity("Hajin", EntityKind.PLACE, location=place),
            _entity("Anna Berg", EntityKind.PERSON),
        ),
        times=(_today(article),),
        events=(_event(article),),
    )


def _span(article: Article, text: str) -> Span:
    start = TEXT.index(text)
    return Span(article_id=article.id, start=start, end=start + len(text))


def _mention(article: Article, text: str, kind: EntityKind) -> Mention:
    span = _span(article, text)
    return Mention(
        id=f"m-{text}",
        span=span,
        head=span,
        kind=MentionKind.NAME,
        entity_kind=kind,
        sentence=0,
        score=1.0,
    )


def _entity(text: str, kind: EntityKind, *, location: Location | None = None) -> Entity:
    return Entity(
        id=f"e-{text.replace(' ', '-').lower()}",
        kind=kind,
        label=text,
        named=not text[0].isdigit(),
        mention_ids=(f"m-{text}",),
        country="SYR" if location else None,
        location=location,
    )


def _today(article: Article) -> TimeExpression:
    day = date(2019, 3, 6)
    return TimeExpression(
        span=_span(article, "today"),
        type="DATE",
        value="2019-03-06",
        interval=DateInterval(first=day, last=day, resolved_from="the article's date"),
    )


def _event(article: Article) -> Event:
    fillers = (
        (RoleName.ACTOR, "Alma units"),
        (RoleName.TARGET, "400 fighters"),
        (RoleName.PLACE, "Hajin"),
    )
    speaker = _span(article, "Anna Berg")
    sentence = _span(article, TEXT)
    return Event(
        id=f"v-{article.id}",
        label="Alma units captured 400 fighters",
        trigger=_span(article, "captured"),
        lemma="capture",
        action="capture",
        category="ASSAULT",
        mode=None,
        sentence=sentence,
        roles=tuple(
            Role(
                name=name,
                entity_id=f"e-{text.replace(' ', '-').lower()}",
                span=_span(article, text),
                rule="by_hand",
                score=1.0,
            )
            for name, text in fillers
        ),
        time=_today(article),
        quantities=(
            Quantity(
                span=_span(article, "400"),
                value=400,
                maximum=None,
                comparator=Comparator.EXACTLY,
                unit="fighters",
                role=QuantityRole.TARGET,
            ),
        ),
        polarity=Polarity.POSITIVE,
        modality=Modality.ACTUAL,
        attribution=Attribution(
            mention_id="m-Anna Berg",
            span=speaker,
            cue=_span(article, "said"),
            rule="by_hand",
            entity_id="e-anna-berg",
        ),
        evidence=Evidence(span=sentence, quote=TEXT, rule="by_hand", model="none", score=0.75),
    )
