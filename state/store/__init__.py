"""The one door to the database: ``Store``, and one file for each kind of row."""

from state.store.acknowledgements import Acknowledgement
from state.store.article_rows import ArticleRow, VersionRow
from state.store.articles import Gone, PutResult, PutStatus
from state.store.blind import BlindInterval
from state.store.events import StoredEvent
from state.store.frontier import FrontierRow
from state.store.hosts import HostRow
from state.store.judgements import Judgement
from state.store.leases import Lease
from state.store.ledger import LedgerRow
from state.store.matches import StoredMatch
from state.store.messages import Claimed
from state.store.responses import ResponseRow
from state.store.rulesets import RulesetRow
from state.store.seals import Proof, Seal
from state.store.search import SearchHit
from state.store.silences import SilenceRow
from state.store.sources import SourceRow
from state.store.store import Store, upgrade
from state.store.stories import Member, StoryNeighbour, StoryRow
from state.store.tx import Tx
from state.store.validators import ChannelSeen

__all__ = [
    "Acknowledgement",
    "ArticleRow",
    "BlindInterval",
    "ChannelSeen",
    "Claimed",
    "FrontierRow",
    "Gone",
    "HostRow",
    "Judgement",
    "Lease",
    "LedgerRow",
    "Member",
    "Proof",
    "PutResult",
    "PutStatus",
    "ResponseRow",
    "RulesetRow",
    "Seal",
    "SearchHit",
    "SilenceRow",
    "SourceRow",
    "Store",
    "StoredEvent",
    "StoredMatch",
    "StoryNeighbour",
    "StoryRow",
    "Tx",
    "VersionRow",
    "upgrade",
]
