"""The network: an address in, the bytes of one page out, with manners.

``fetcher`` asks a site once and well; ``crawler`` is what commands use: the cache first, then
robots.txt, the pace, and the fetcher.
"""
