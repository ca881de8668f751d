"""What the tables of the search hold of people (settings.PERSONAL_DATA): forms of what stands elsewhere, and words."""

from __future__ import annotations

from accounts.holdings import Holding

# Documents are written anew whenever a text loses a word: nothing in them outlives what they are made of.
HOLDINGS = [
    Holding("forum.QuestionDocument", plain=("question",), left_out=("head", "tokens")),
    Holding("forum.FaqDocument", plain=("entry",), left_out=("head", "tokens")),
    Holding("forum.Change", plain=("id", "number")),
    Holding("forum.SearchWord", plain=("documents",), left_out=("stem", "word", "mirrored")),
    Holding("forum.SearchMiss", plain=("id", "words", "language", "day", "count")),
]
