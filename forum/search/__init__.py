"""Find questions and FAQ entries. Whatever database stands behind, this is the door."""

from forum.search.engine import Hit, SearchPage, search
from forum.search.similar import similar

__all__ = ["Hit", "SearchPage", "search", "similar"]
