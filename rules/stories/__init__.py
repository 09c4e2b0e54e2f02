"""Near-duplicates and syndication: which story an article belongs to.

``signature`` gives the keys to look others up by, ``assign`` the article's
place among those found.
"""

from rules.stories.place import Assignment, Neighbour, addresses, assign, story_id
from rules.stories.signature import Signature, signature

__all__ = ["Assignment", "Neighbour", "Signature", "addresses", "assign", "signature", "story_id"]
