"""Trial registrations: which numbers are recognised, and in which form they are returned."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from abstool.parser.trials import find
from proportion import assert_at_most

CT_GOV = "ClinicalTrials.gov"


def found(text):
    return [(trial.registry, trial.id) for trial in find(text)]


NCT_AS_PRINTED = (
    "NCT01234567",
    "NCT 01234567",
    "NCT-01234567",
    "NCT 0123 4567",
    "NCT 01 234 567",
    "nct01234567",
    "Nct01234567",
    "NCT: 01234567",
    "NCT#01234567",
    "NCT# 01234567",
    "NCT No. 01234567",
    "NCT number: 01234567",
    "NCT identifier (01234567)",
    "NCT\u201101234567",  # a hyphen that does not break
    "NCT\u201301234567",
    "NCT\u221201234567",
    "NCT\u00a001234567",
    "NCT\u202f01234567",
    "NCT\n01234567",
    "NCT\u00ad0123\u200b4567",
    "ＮＣＴ０１２３４５６７",
    "NCT01234567²",  # a superscript reference
    "trialNCT01234567was",
    "NCT01234567_2",
    "https://clinicaltrials.gov/study/NCT01234567?tab=results",
    "ClinicalTrials.gov identifier: 01234567",
    "Clinical Trials.gov, NCT 01234567",
    "İstanbul NCT01234567",  # the lower case of İ is longer
)


@pytest.mark.parametrize("printed", NCT_AS_PRINTED)
def test_a_clinicaltrials_gov_number_is_found_however_it_is_printed(printed):
    assert found(f"We report a trial ({printed}).") == [(CT_GOV, "NCT01234567")]
    assert found(printed) == [(CT_GOV, "NCT01234567")]


REGISTERED = (
    ("EudraCT 2015-001234-25", "EudraCT", "2015-001234-25"),
    ("EudraCT-Nr.2022-001366-35", "EudraCT", "2022-001366-35"),
    ("EudraCT number:2020-005848-36", "EudraCT", "2020-005848-36"),
    ("Eudra CT: 2015 001234 25", "EudraCT", "2015-001234-25"),
    ("eudract 2015–001234–25", "EudraCT", "2015-001234-25"),
    ("2020-001934-37-ES", "EudraCT", "2020-001934-37"),
    ("EUCTR2014-001054-42", "EudraCT", "2014-001054-42"),
    ("EU CT:2024-514955-13-00", "EU CT", "2024-514955-13-00"),
    ("CTIS 2022-501234-12-01", "EU CT", "2022-501234-12-01"),
    ("EudraCT 2023-503421-29", "EU CT", "2023-503421-29"),
    ("ISRCTN 02452400", "ISRCTN", "ISRCTN02452400"),
    ("isrctn78805636", "ISRCTN", "ISRCTN78805636"),
    ("ISRCTN registry number 78805636", "ISRCTN", "ISRCTN78805636"),
    ("UMIN000012345", "UMIN", "UMIN000012345"),
    ("UMIN:000000562", "UMIN", "UMIN000000562"),
    ("UMIN-CTR ID 000012345", "UMIN", "UMIN000012345"),
    ("jRCTs031180123", "jRCT", "jRCTs031180123"),
    ("JRCTs031180296", "jRCT", "jRCTs031180296"),
    ("jRCT2031220512", "jRCT", "jRCT2031220512"),
    ("jRCT: jRCTb030190187", "jRCT", "jRCTb030190187"),
    ("ChiCTR2000012345", "ChiCTR", "ChiCTR2000012345"),
    ("chictr-1800015296", "ChiCTR", "ChiCTR1800015296"),
    ("ChiCTR-TRC-12345678", "ChiCTR", "ChiCTR-TRC-12345678"),
    ("ChiCTR-ior-17010085", "ChiCTR", "ChiCTR-IOR-17010085"),
    ("ACTRN12612000123456", "ACTRN", "ACTRN12612000123456"),
    ("ACTRN 12612000123456", "ACTRN", "ACTRN12612000123456"),
    ("ANZCTR 12612000123456", "ACTRN", "ACTRN12612000123456"),
    ("ANZCTRN12612000123456", "ACTRN", "ACTRN12612000123456"),
    ("CTRI/2019/05/012345", "CTRI", "CTRI/2019/05/012345"),
    ("CTRI No: CTRI/2008/091/000123", "CTRI", "CTRI/2008/091/000123"),
    ("CTRI-2019-05-012345", "CTRI", "CTRI/2019/05/012345"),
    ("DRKS00012345", "DRKS", "DRKS00012345"),
    ("DRKS-ID: DRKS00012345", "DRKS", "DRKS00012345"),
    ("DRKS No Number: 00013730", "DRKS", "DRKS00013730"),
    ("KCT0001234", "CRiS", "KCT0001234"),
    ("Japic CTI-142150", "JapicCTI", "JapicCTI-142150"),
    ("JMA-IIA00123", "JMACCT", "JMA-IIA00123"),
    ("IRCT20100208003306N14", "IRCT", "IRCT20100208003306N14"),
    ("IRCT2016080318745n10", "IRCT", "IRCT2016080318745N10"),
    ("PACTR 2010020001429343", "PACTR", "PACTR2010020001429343"),
    ("TCTR20170511001", "TCTR", "TCTR20170511001"),
    ("LBCTR2019121234", "LBCTR", "LBCTR2019121234"),
    ("ITMCTR2200005551", "ITMCTR", "ITMCTR2200005551"),
    ("RPCEC00000192", "RPCEC", "RPCEC00000192"),
    ("SLCTR/2017/032", "SLCTR", "SLCTR/2017/032"),
    ("NL-OMON57760", "OMON", "NL-OMON57760"),
    ("Netherlands Trial Register NTR1574", "NTR", "NTR1574"),
    ("Dutch trial registry (number NL4021)", "NTR", "NL4021"),
)


@pytest.mark.parametrize(("printed", "registry", "number"), REGISTERED)
def test_a_number_is_returned_in_its_registrys_own_form(printed, registry, number):
    assert found(f"The trial was registered ({printed}).") == [(registry, number)]


@pytest.mark.parametrize(
    "printed",
    [
        "NCT0123456",  # seven digits
        "NCT012345678",  # nine
        "NCT 0123456 7 patients",
        "NCT00000000",  # a placeholder
        "NCTXXXXXXXX",
        "ClinicalTrials.gov, 24 weeks",
        "distinct 01234567",
        "albumin 000012345",
        "UMIN00012345",
        "2003-001234-25",  # before EudraCT
        "+49-2015-001234-25",
        "12015-001234-25",
        "2015-001234-255",
        "2015-001234-25-11",
        "2015-601234-25",  # neither EudraCT nor EU CT
        "2022-501234-12-001",
        "ISRCTN0645239",
        "jRCT031180123",  # the letter is missing
        "ChiCTR12345678",
        "ACTRN1261200012345",
        "ACTRN99912000123456",
        "CTRI/2019/05/12345",
        "DRKS0001234",
        "KCT9912345",
        "IRCT20181201041815N",
        "NTR-441 is an analogue fused to albumin",
        "soluble p75NTR 1000",
        "Netherlands trial register, ethics file NL41789.078.13",
        "PER-106-20",
        "U1111-1234-5678",
        "",
    ],
)
def test_a_number_that_does_not_match_exactly_is_ignored(printed):
    assert found(printed) == []


def test_numbers_come_in_the_order_of_the_text_and_once_each():
    text = (
        "UMIN000012345 and NCT 01234567; later NCT01234567, umin000012345, EudraCT 2015-001234-25 "
        "(NCT00000001/NCT00000002), ClinicalTrials.gov: NCT07654321."
    )
    assert [trial.id for trial in find(text)] == [
        "UMIN000012345",
        "NCT01234567",
        "2015-001234-25",
        "NCT00000001",
        "NCT00000002",
        "NCT07654321",
    ]


NAMES = sorted({printed[:8] for printed, _, _ in REGISTERED} | set(NCT_AS_PRINTED[:9]))


@example(["ChiCTR-T", "nct01234567"])
@example(["ChiCTR", "drks00012345"])
@given(st.lists(st.sampled_from([*NAMES, " ", "-", "0", "12", "2015", "-00", "n", "/", "ı", "İ"])))
def test_the_numbers_found_are_found_again_in_their_own_form(pieces):
    trials = found("".join(pieces))
    assert found(" ; ".join(number if r != "NTR" else f"trial registry {number}"
                            for r, number in trials)) == trials  # fmt: skip


@pytest.mark.parametrize(
    "unit",
    ["NCT ", "NCT no ", "0", "20", "2015-", "2015-0", "clinical trials .", "ctri/2019/", "id ",
     "trial registry ", "trial registry NTR", "anzctr n", "irct2", " ", "-", "\u00ad", "０", "İ"],
)  # fmt: skip
def test_reading_takes_time_in_proportion_to_the_text(unit):
    small, large = (unit * (size // len(unit)) for size in (40_000, 400_000))
    assert_at_most(40, lambda: find(small), lambda: find(large))
