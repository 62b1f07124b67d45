"""Which tags of RIS have the series and the people of a work, by its type.

The reader and the writer agree on these. They are EndNote's and Zotero's.
"""

# Types whose series is in T2.
SERIES_IN_T2 = frozenset("BOOK CLSWK COMP EBOOK EDBOOK GOVDOC MAP RPRT".split())
# Types of which A2 has others than editors: sponsors, departments, offices, advisors, performers.
OTHERS_IN_A2 = frozenset("ADVS BILL CASE DATA GOVDOC LEGAL MPCT PAMP PAT PCOMM THES VIDEO".split())
# Types of which A3 has the editors, and those of which it has the editors of the series.
EDITORS_IN_A3 = frozenset("BOOK CLSWK EDBOOK".split())
SERIES_EDITORS_IN_A3 = frozenset("CHAP CONF EBOOK ECHAP SER".split())
