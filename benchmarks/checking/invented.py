"""Invented records of conference abstracts, the same on every run."""

from __future__ import annotations

import random
from collections.abc import Iterator

from abstool.record import Abstract, Author, Publication

_FAMILIES = (
    "Muster Beispiel Dörner Østby Łoś Çelik Lefèvre Nguyen Kowalski Papadopoulou Ivanov Sato Kim Li"
    " Wu He Wang Underhill Prior Sampleton Exemplaris Figueira Tanaka Okafor Lindqvist Marchetti"
    " Novák Horváth Petrović Abebe Castellanos Dubois Eriksen Fontaine Grünwald Haddad Iversen"
).split()
_COMPOUND = (
    "van der Heide",
    "de la Torre-Ruiz",
    "al-Masri",
    "El-Shami",
    "O’Connell",
    "García López",
    "von Bergen",
    "Müller-Stahl",
    "dos Santos",
    "Rincon-Ejemplo",
)
_GIVEN = (
    "Anna Ben Chiara David Elif Fatima Georg Hana Ivo Jean-Pierre Kenji Lucía Maria Noor Olga Paul"
    " Quentin Rosa Sven Thi Umar Vera Wei Xiao-Li Yuki Zoë"
).split()
_DRINKS = (
    "Tea Coffee Cocoa Chicory Rooibos Cider Lemonade Barley-Water Matcha Buttermilk Kefir Mate"
    " Oolong Espresso Chamomile Nettle-Tea Ginger-Ale Kombucha"
).split()
_DISEASES = (
    "Gout|Lupus Nephritis|Sjögren’s Disease|Systemic Sclerosis|Giant Cell Arteritis|Dermatomyositis"
    "|Psoriatic Arthritis|Still’s Disease|Osteoarthritis of the Hand|Behçet’s Syndrome"
    "|ANCA-Associated Vasculitis|Axial Spondyloarthritis"
).split("|")
_FORMS = (
    "{drink} in {disease}: A {phase} Trial of {target} Inhibition",
    "Does {drink} Lower {target} in Patients with {disease}?",
    "Efficacy and Safety of {drink} versus Placebo in {disease} – {weeks}-Week Results",
    "{target} Levels Predict Response to {drink} in {disease}",
    "Long-Term Outcomes of “{drink}” Drinkers with {disease}, a Registry Study of {target}",
    "Real-World Use of {drink} and {target} Inhibitors in {disease}: {weeks} Months of Follow-Up",
    "The {target}/{drink} Axis in Early {disease} ({weeks} cases)",
)
_TARGETS = "IL-6 IL-17 IL-23 TNF-α CD19⁺ JAK1 TYK2 BAFF IFN-γ CXCL13 MMP-3".split()
_PHASES = ("Phase 2", "Phase 3", "Randomized", "Pilot", "Crossover")


def records(count: int, seed: int = 17) -> Iterator[Abstract]:
    """Yield records of one invented meeting; no two have the same title."""
    chance = random.Random(seed)
    for number in range(1, count + 1):
        disease = chance.choice(_DISEASES)
        title = chance.choice(_FORMS).format(
            drink=chance.choice(_DRINKS),
            disease=disease,
            target=chance.choice(_TARGETS),
            phase=chance.choice(_PHASES),
            weeks=number + 11,
        )
        if str(number + 11) not in title:
            title = (
                f"{title} in Cohort {number + 11}"
                if title[-1] != "?"
                else title[:-1] + (f" of Cohort {number + 11}?")
            )
        slug = "-".join("".join(c if c.isalnum() else " " for c in title.lower()).split())
        url = f"https://acrabstracts.org/abstract/{slug}/"
        yield Abstract(
            url=url,
            site="acrabstracts.org",
            number=f"{number:04}",
            title=title,
            authors=[
                _author(chance) for _ in range(chance.choice((1, 2, 3, 4, 5, 6, 7, 9, 12, 23)))
            ],
            meeting="ACR Convergence 2025",
            publication=Publication(
                journal="Arthritis & Rheumatology",
                abbreviation="Arthritis Rheumatol",
                issn="2326-5205",
                year=2025,
                volume="77",
                supplement="9",
            ),
        )


def _author(chance: random.Random) -> Author:
    family = chance.choice(_COMPOUND if chance.random() < 0.2 else _FAMILIES)
    # A letter of its own keeps most names of a list different.
    given = f"{chance.choice(_GIVEN)} {chance.choice('ABCDEFGHJKLMNPRSTVW')}."
    return Author(name=f"{given} {family}", family=family, given=given)
