"""The words that only the names of groups have, and the suffixes of people's."""

from __future__ import annotations

from abstool.names import SUFFIXES

SUFFIX = frozenset(suffix.casefold() for suffix in SUFFIXES) | {"jnr", "snr", "v"}

# Words of groups, which no person is called, and those that are the last word of a group's name.
OF_GROUPS = frozenset(
    "agency alliance association authority collaboration collaborators commission committee "
    "consortium corporation council department faculty federation foundation institute "
    "institution institutes institutions investigators laboratory laboratories ministry "
    "organisation organization programme society university universities".split()
)
LAST_OF_GROUPS = OF_GROUPS | frozenset(
    "administration board center centers centre centres clinic college company fund gmbh group "
    "groups hospital inc lab limited llc ltd network office program project school service "
    "services study task team trial trialists trust union".split()
)
GROUP = LAST_OF_GROUPS | {"press"}
