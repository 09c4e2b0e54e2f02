"""Pages → articles.

``parse_page`` chooses a family's parser by markers in the page, never by host or
date: one site serves several layouts at once, and one layout serves many sites.
"""

from crawler.sites.feeditem import article_from_candidate
from crawler.sites.read import parse_data, parse_page, read_topic_page

__all__ = ["article_from_candidate", "parse_data", "parse_page", "read_topic_page"]
