"""The ``search`` command: find abstracts by their words, in files or in the library."""

from abstool.cli.options import OutputFile, Quiet
from abstool.cli.options.library import (
    LibraryOption,
    MeetingFilter,
    NumberFilter,
    SessionFilter,
    TrialFilter,
    YearFilter,
    filters_of,
    library_path,
)
from abstool.cli.options.search import (
    AsJson,
    Count,
    Exact,
    Most,
    QueryText,
    RecordLines,
    Sort,
    Sources,
    StrategyFile,
    Urls,
    form_of,
)
from abstool.cli.output import is_styled, opened
from abstool.cli.records.searches import SearchRun, check_sources, query_of, strategy_in
from abstool.cli.report import Report
from abstool.errors import UsageError

EXAMPLES = """\
abstool search lupus meeting.jsonl
abstool search '"lupus nephritis" (voclosporin OR belimumab) -pediatric'
abstool search 'title:TNF-alpha author:Smith' --meeting 'ACR 2025' --urls
abstool search lupus meeting.jsonl --lines | abstool cite
abstool search --strategy lupus.txt meeting.jsonl --json
"""


def search(
    query: QueryText = None,
    sources: Sources = None,
    *,
    strategy: StrategyFile = "",
    library: LibraryOption = None,
    meeting: MeetingFilter = None,
    year: YearFilter = None,
    session: SessionFilter = None,
    trial: TrialFilter = None,
    number: NumberFilter = None,
    exact: Exact = False,
    lines: RecordLines = False,
    urls: Urls = False,
    count: Count = False,
    as_json: AsJson = False,
    limit: Most = None,
    sort: Sort = "relevance",
    output: OutputFile = "-",
    quiet: Quiet = False,
) -> int:
    """Search abstracts that you have, in files or in the library.

    Words are joined by AND and found in all their forms (patient, patients), whatever their case
    and accents. A query that begins with - comes after --. To search the site of a meeting, use
    'abstool list --search'.
    """
    form = form_of(lines=lines, urls=urls, count=count, as_json=as_json, limit=limit, sort=sort)
    filters = filters_of(meeting=meeting, year=year, session=session, trial=trial, number=number)
    names = [*filter(None, [query if strategy else None]), *(sources or ())]
    if strategy:
        asked = strategy_in(strategy, is_exact=exact)
    elif query is None:
        raise UsageError("search", "no query", "give a QUERY or use --strategy")
    else:
        asked = query_of(query, is_exact=exact)
        check_sources(names, query)
    if names and library is not None and library_path(library):
        raise UsageError("--library", "cannot be combined with SOURCEs", "use only one")
    run = SearchRun(asked, filters, form, exact, is_strategy=bool(strategy))
    report = Report(quiet=quiet)
    with opened(output) as out, run.library(names, library, report) as found:
        if found is not None:
            run.print(found, out, report, is_styled=is_styled(output))
    return report.exit_code
