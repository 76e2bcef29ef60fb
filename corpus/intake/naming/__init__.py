"""What a page is called, which service it is about and who publishes it, by its own words."""

from corpus.intake.naming.page_service import Speech, publisher_of, service_of
from corpus.intake.naming.page_title import (
    SiteTitle,
    clean,
    first_line,
    heading_of,
    is_generic,
    respelled,
    site_name,
    without_site,
)

__all__ = [
    "SiteTitle",
    "Speech",
    "clean",
    "first_line",
    "heading_of",
    "is_generic",
    "publisher_of",
    "respelled",
    "service_of",
    "site_name",
    "without_site",
]
