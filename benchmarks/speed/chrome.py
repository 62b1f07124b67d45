"""Pad a page with what surrounds an abstract on a WordPress site: styles, scripts, menus, links.

About half of the padding is CSS and scripts, as on real pages. The other half is menus, links and
widgets, which a parser must walk through.
"""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import count

Lines = Callable[[int], str]  # returns the line with a given number


def padded(page: str, index: int, size: int) -> str:
    """Return a page padded to about ``size`` bytes, or unchanged if it is already larger."""
    missing = max(0, size - len(page.encode()))
    for before, share, line, frame in PARTS:
        bare = _filling(line, round(missing * share) // 4096)
        rest = round(missing * share) - len(bare.encode())
        own = "".join(_until(line, max(0, rest), 100_000 + index * 1000))
        page = page.replace(before, frame.format(bare + own) + before, 1)
    return page


@cache
def _filling(line: Lines, blocks: int) -> str:
    """Return the padding that is the same on all pages: about three quarters of it."""
    return "".join(_until(line, blocks * 3072, 0))


def _until(line: Lines, size: int, first: int) -> Iterator[str]:
    """Yield lines, numbered from ``first``, until they reach ``size`` bytes."""
    made = 0
    for number in count(first):
        text = line(number)
        made += len(text.encode())
        if made > size:
            return
        yield text


def _css(number: int) -> str:
    hue = number * 37 % 4096
    return (
        f".wp-block-group-{number} > .widget:not(.is-style-{number % 9}) a:hover"
        f"{{color:#{hue:03x};margin:0 {number % 17}px;background:url('/i/{number}.svg')}}\n"
    )


def _preset(number: int) -> str:
    return f"--wp--preset--color--shade-{number}: #{number * 997 % 16777216:06x};"


def _script(number: int) -> str:
    return (
        f'window.wpData=window.wpData||[];wpData.push({{"id":{number},"html":"<p>Abstract Number: '
        f'{number % 997:04}<\\/p>","on":{"true" if number % 2 else "false"}}});\n'
    )


def _tag(number: int) -> str:
    return (
        f'<link rel="stylesheet" id="theme-{number}-css" media="all" '
        f'href="https://example.org/wp-content/themes/x/style-{number}.css?ver=6.{number % 9}">\n'
    )


def _menu(number: int) -> str:
    return (
        f'<li id="menu-item-{number}" class="menu-item menu-item-type-taxonomy menu-item-{number}">'
        f'<a href="https://acrabstracts.org/topic/{number}/"><span>Topic &amp; Theme {number}'
        f"</span></a></li>\n"
    )


def _related(number: int) -> str:
    return (
        f'<div class="related-post"><h4><a href="https://acrabstracts.org/abstract/x-{number}/" '
        f'rel="bookmark">An Invented Abstract, the {number}th</a></h4><p class="entry-meta">'
        f"<em>2024 ACR/ARP Annual Meeting</em> &bull; <time>October {number % 28 + 1}</time></p>"
        f"</div>\n"
    )


def _option(number: int) -> str:
    return f'<option value="{number}">Meeting {number % 90 + 1934} ({number})</option>\n'


# (the tag to insert before, the share of the padding, the lines, the markup around them)
PARTS: tuple[tuple[str, float, Lines, str], ...] = (
    ("</head>", 0.05, _tag, "{}"),
    ("</head>", 0.20, _css, "<style id='theme-inline-css'>\n{}</style>\n"),
    ("</head>", 0.05, _preset, "<style id='global-styles-inline-css'>body{{\n{}}}</style>\n"),
    ("</head>", 0.10, _script, "<script>\n{}</script>\n"),
    ("</header>", 0.20, _menu, "<nav class='nav-primary'><ul>\n{}</ul></nav>\n"),
    ("</aside>", 0.12, _related, "<section class='widget'>\n{}</section>\n"),
    ("</aside>", 0.04, _option, "<select name='cat'>\n{}</select>\n"),
    ("</footer>", 0.12, _menu, "<nav class='nav-footer'><ul>\n{}</ul></nav>\n"),
    ("</body>", 0.12, _script, "<script defer>\n{}</script>\n"),
)
