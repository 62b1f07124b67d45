"""Which records are the same work presented again."""

import random

import pytest

from abstool.encores import find
from abstool.record import Abstract
from proportion import assert_at_most

TEXT = (
    "We asked {n} imagined patients in {m} towns about tea. Of these {a}% drank it daily and {b}% "
    "never did. Pain fell by {c} points (95% CI {d} to {e}), and {f} of {g} withdrew. Nobody was "
    "harmed, and {h} nurses agreed that the kettle was warm enough for all of them in the end."
)
NAMES = (
    "Roe Doe Leaf Moss Bog Fern Reed Rush Sedge Heath Ling Gorse Broom Thorn Briar Hazel".split()
)


def record(number, title, authors, seed, meeting="ACR 2025", **more):
    """Return a record whose text has its own numbers."""
    draw = random.Random(seed)
    numbers = {name: draw.randrange(11, 999) / 10 for name in "abcdefgh"}
    text = TEXT.format(n=draw.randrange(100, 9999), m=draw.randrange(10, 99), **numbers)
    return Abstract.from_dict(
        {
            "title": title,
            "number": number,
            "meeting": meeting,
            "url": f"https://example.org/{meeting.replace(' ', '')}/{number}/",
            "authors": [{"family": name} for name in authors],
            "sections": [{"text": text}],
        }
        | more
    )


ONE = record("0848", "Effects of tofacitinib on pain in rheumatoid arthritis", NAMES[:6], 1)


@pytest.mark.parametrize(
    ("other", "kind"),
    [
        # Another title, other order, one author less, at another meeting.
        (
            record(
                "POS1",
                "Pain under tofacitinib: results in rheumatoid arthritis",
                NAMES[4::-1],
                1,
                "EULAR 2026",
            ),
            "encore",
        ),
        # The title has no drug.
        (
            record("POS1", "Effects of a drug on pain in arthritis", NAMES[:6], 1, "EULAR 2026"),
            "encore",
        ),
        (
            record(
                "POS1",
                "Effects of baricitinib on pain in rheumatoid arthritis",
                NAMES[:6],
                1,
                "EULAR 2026",
            ),
            "sibling",
        ),
        (
            record("POS1", "Effects of tofacitinib on pain in lupus", NAMES[:6], 1, "EULAR 2026"),
            "sibling",
        ),
        (
            record("0849", "Effects of tofacitinib on pain in rheumatoid arthritis", NAMES[:6], 2),
            None,
        ),
        (record("POS1", ONE.title, NAMES[8:14], 2, "EULAR 2026"), None),
        (record("POS1", "Milk", NAMES[8:14], 3, "EULAR 2026"), None),
        (record("0848", ONE.title, NAMES[:6], 1), "repeat"),
        (record("848", ONE.title, [], 5, url=""), "repeat"),
        # Only one of them names its trial.
        (
            record(
                "POS1",
                ONE.title,
                NAMES[:6],
                1,
                "EULAR 2026",
                trials=[{"registry": "x", "id": "NCT2"}],
            ),
            "encore",
        ),
    ],
)
def test_the_kind_of_a_pair(other, kind):
    pairs = list(find([ONE, other]))
    assert [pair.kind for pair in pairs] == ([kind] if kind else [])
    assert all(0 < pair.score <= 1 and pair.reasons for pair in pairs)
    across = list(find([other], [ONE]))
    assert [pair.kind for pair in across] == [pair.kind for pair in pairs]


def test_other_trials_are_other_studies():
    first, second = (
        record(
            str(n),
            ONE.title,
            NAMES[:6],
            1,
            f"Meeting {n}",
            trials=[{"registry": "x", "id": f"NCT{n}"}],
        )
        for n in (1, 2)
    )
    assert list(find([first, second])) == []


def test_a_record_is_not_paired_with_itself():
    assert list(find([ONE])) == []


@pytest.mark.parametrize(
    "data",
    [
        {"title": "T"},
        {"title": "+"},
        {"title": "T", "authors": [{"family": "A"}] * 77},
        {"title": "T", "sections": [{"text": "1 2 3"}]},
        {"title": "x " * 5000, "sections": [{"text": "word " * 50_000}]},
    ],
)
def test_odd_records_are_compared_without_an_error(data):
    odd = Abstract.from_dict(data)
    for pair in find([odd, ONE, odd, Abstract.from_dict(data | {"meeting": "M", "number": "1"})]):
        assert pair.kind in ("encore", "sibling", "repeat")


def test_planted_encores_are_found_among_many():
    draw = random.Random(7)
    many = [
        record(
            f"{n:04}",
            f"Imagined study {n} of tea in {draw.choice(NAMES)}",
            draw.sample(NAMES, 5),
            n,
        )
        for n in range(100, 400)
    ]
    planted = []
    for n, one in enumerate(draw.sample(many, 50)):
        data = one.to_dict()
        names = data["authors"][1:]
        draw.shuffle(names)
        words = data["title"].split()
        data |= {
            "title": " ".join(["Results", "from", *words[:-2]]),
            "authors": names,
            "meeting": "EULAR 2026",
            "number": f"POS{n}",
            "url": f"https://example.org/eular/{n}/",
        }
        planted.append((Abstract.from_dict(data), one.url))
    found = list(find([one for one, _ in planted], many))
    pairs = {(pair.first.number, pair.second.url): pair.kind for pair in found}
    wanted = {(one.number, url): "encore" for one, url in planted}
    assert wanted.items() <= pairs.items()
    assert sum(kind == "encore" for kind in pairs.values()) == 50


def test_an_encore_by_authors_with_frequent_names_is_found():
    # Each family is that of more than 60 others, and no word or number but common ones is shared.
    authors = NAMES[:6]
    many = [
        record(str(n), f"Study {n} of {word}", [authors[n % 6], f"Other{n}", f"More{n}"], n)
        for n, word in zip(range(500, 1000), ("tea", "milk") * 250, strict=True)
    ]
    texts = (" ".join(f"{word}{n} {n}" for n in range(11, 30)) for word in ("tea", "milk"))
    first, again = (
        record(title, title, names, 1, meeting=title, sections=[{"text": text}])
        for title, names, text in zip(
            ("Tea in knees", "Milk for hips"), (authors, authors[::-1][:5]), texts, strict=True
        )
    )
    pairs = [pair for pair in find([first], [*many, again]) if pair.second == again]
    assert [pair.kind for pair in pairs] == ["encore"]


def test_records_that_share_a_title_take_linear_time():
    few, many = (
        [record(f"{n}", "The same title", [f"Name{n}"], n) for n in range(count)]
        for count in (200, 400)
    )
    assert_at_most(2.5, lambda: list(find(few)), lambda: list(find(many)))
