"""Find where two unhyphenated family names begin in a printed name.

In Spanish-speaking countries most people have one or two given names and two family names:
``Juan Jose Alegre Sancho``. Which words are given names is a matter of usage, so the result is
always a guess. The tables list the most common words, without accents.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from abstool.text import fold

_PLACES = re.compile(
    r"\b(?:Spain|España|Mexico|México|Argentina|Chile|Colombia|Peru|Perú|Ecuador|Uruguay|Paraguay|"
    r"Bolivia|Venezuela|Guatemala|Honduras|El Salvador|Nicaragua|Costa Rica|Panama|Cuba|"
    r"Dominican Republic|Puerto Rico|PR|Madrid|Barcelona|Valencia|Sevilla|Seville|Santander|"
    r"Granada|Málaga|Malaga|Bilbao|Zaragoza|Buenos Aires|Bogotá|Bogota)\b"
)
_GIVEN = frozenset(
    "abel abraham adela adolfo adrian agustin alba alberto alejandra alejandro alex alexander "
    "alfonso alfredo alicia alonso alvaro amalia amparo ana andrea andres angel angela angeles "
    "anibal antonia antonio ariel armando arturo asuncion aurora azucena beatriz belen berenice "
    "bernardo blanca borja camila camilo candelaria carla carlos carlota carmelo carmen carolina "
    "cecilia celia cesar christian cipriano clara claudia concepcion consuelo constanza cristian "
    "cristina cruz daniel daniela david delia diana diego dolores eduardo elena elisa elizabeth "
    "eloy elsa elvira emilia emilio emma enrique erika ernesto esperanza estefania esther "
    "eugenia eugenio eva fabian fatima federico felipe felix fernanda fernando florencia francisca "
    "francisco gabriel gabriela gerardo german gloria gonzalo graciela gregorio guadalupe "
    "guillermo gustavo hector hernan hilda hugo ignacio ines inmaculada irene isaac isabel ismael "
    "ivan jaime javier jesus jimena joaquin joel jordi jorge jose josefa josefina josue juan juana "
    "julia julian julio karen karina kevin laura leonardo leonor leticia lidia lilia liliana "
    "lorena lorenzo loreto lourdes lucia luis luisa luz magdalena maite manuel manuela marcela "
    "marcelo marco marcos margarita maria mariana mariano mario marisol marta martha mateo "
    "matias mauricio maximiliano mercedes micaela miguel miquel milagros miriam monica montserrat "
    "nadia natalia nicolas nieves noelia noemi nora norma nuria olga omar oscar pablo paloma paola "
    "patricia paula paulina pedro pilar rafael ramiro ramon raquel raul rebeca ricardo rita "
    "roberto rocio rodolfo rodrigo rogelio rosa rosalia rosario ruben samantha samuel "
    "sandra santiago sara sebastian sergio silvia simon sofia soledad sonia susana teresa tomas "
    "valentina valeria vanesa veronica vicente victor victoria viviana ximena yolanda zaida".split()
)
_FAMILY = frozenset(
    "alvarez castro chavez cortes cruz delgado diaz dominguez fernandez flores garcia gimenez "
    "gomez gonzales gonzalez gutierrez guzman hernandez herrera jimenez juarez lopez marquez "
    "martinez medina mendez mendoza morales moreno munoz nunez ortega ortiz perez ramirez ramos "
    "reyes rios rivera rodriguez rojas romero ruiz salazar sanchez sandoval santiago serrano soto "
    "suarez torres valdez vargas vasquez vazquez vega velasco zamora".split()
)
_JOINING = frozenset("de del la las los y e da do dos".split())


def place(affiliation: str) -> str:
    """Return the first Spanish-speaking place in an affiliation, or ""."""
    match = _PLACES.search(affiliation)
    return match[0] if match else ""


def start(words: Sequence[str], affiliation: str) -> int | None:
    """Return the index of the first of two family names, or None without a sign of two.

    The sign is an ``affiliation`` in a Spanish-speaking place, or one of the most common names.
    """
    if len(words) < 3 or "-" in words[-1]:
        return None
    units = _units(words)
    if len(units) < 3:
        return None
    if place(affiliation):
        given = 1
        while given < len(units) - 1 and _is_given(words[units[given + 1] - 1]):
            given += 1
        return units[max(given, len(units) - 2)]
    if fold(words[units[-2]]) in _FAMILY and fold(words[units[-2]]) not in _GIVEN:
        return units[-2]
    return None


def _units(words: Sequence[str]) -> list[int]:
    """Return the index where each name begins, with its particles: ``del Carmen`` is one name."""
    starts, joined = [], False
    for index, word in enumerate(words):
        if not joined:
            starts.append(index)
        joined = word.casefold() in _JOINING
    return starts


def _is_given(word: str) -> bool:
    return fold(word) in _GIVEN or len(word.strip(".")) == 1
