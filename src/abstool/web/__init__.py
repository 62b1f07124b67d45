"""Retrieve web pages politely: from a URL to the bytes of its page.

``fetcher`` requests one page and handles its failures. ``crawler`` is what commands use: it asks
the cache first, then robots.txt, the pace, and the fetcher.
"""
