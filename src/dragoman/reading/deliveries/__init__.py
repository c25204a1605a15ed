"""Files in which news databases, agencies and corpora deliver stories: Nexis, Factiva and ProQuest exports,
NITF and NewsML of newsrooms, the markup of newswire corpora, mails. Each gives a story for every one it holds.
"""

from dragoman.reading.deliveries.entry import Delivered, story_of_delivered
from dragoman.reading.deliveries.found import found

__all__ = ["Delivered", "found", "story_of_delivered"]
