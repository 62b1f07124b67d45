"""Which record an entry of an export is about."""

import pytest

from abstool.screening import ScreenedRecords


def item(title, number="", **more):
    custom = {"custom": {"abstract_number": number}} if number else {}
    return {"type": "article-journal", "title": title, **custom, **more}


ACR = {"event-title": "ACR Convergence 2025", "issued": {"date-parts": [[2025]]}}
RECORDS = [
    item(
        "Tea in the Knee: IL-6", "0848", id="roe2025tea", URL="https://a.org/abstract/tea/", **ACR
    ),
    item(
        "Tea in the Knee: IL-17",
        "0849",
        id="roe2025tea",
        URL="https://a.org/abstract/tea-2/",
        **ACR,
    ),
    item("Milk", "0850", id="doe2025milk", DOI="10.1000/MILK", **ACR),
    item(
        "Milk",
        "90",
        id="doe2024milk",
        **{"event-title": "ACR 2024"},
        issued={"date-parts": [[2024]]},
    ),
    item("Water", id="poe2025water", **ACR),
    item("Water", id="poe2025water", **ACR),
]


@pytest.mark.parametrize(
    ("entry", "places"),
    [
        (item("Tea in the knee: IL-6.", id="roe2025tea"), [0]),
        (item("Tea in the Knee: IL-17", id="roe2025teaa"), [1]),
        # The letter of a key depends on the set that was exported: the title decides.
        (item("Tea in the Knee: IL-17", id="roe2025tea"), [1]),
        (item("Tea in the Knee: IL-17", URL="http://www.a.org/abstract/tea-2"), [1]),
        (item("", URL="https://a.org/abstract/tea-2/"), [1]),
        (item("Something else", URL="https://a.org/abstract/tea-2/"), []),
        (item("Milk", DOI="10.1000/milk"), [2]),
        (item("Milk", "0850", **{"event-title": "ACR Convergence 2025"}), [2]),
        (item("Milk", "850"), [2]),
        (item("Milk", issued={"date-parts": [[2024]]}), [3]),
        (item("Milk", issued={"date-parts": [[2023]]}), []),
        (item("Milk"), [2, 3]),
        (item("Water", issued={"date-parts": [[2025]]}), [4, 5]),
        (item("Coffee"), []),
        (item("", "850"), [2]),
        (item("", "851"), []),
        (item("Coffee", "850"), []),
        (item(""), []),
    ],
)
def test_an_entry_is_joined_to_the_record_that_nothing_speaks_against(entry, places):
    assert ScreenedRecords(RECORDS).find(entry) == places
