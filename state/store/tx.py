"""One transaction, and in it a door to each kind of row."""

from __future__ import annotations

from state.store.acknowledgements import Acknowledgements
from state.store.alerts import Alerts
from state.store.articles import Articles
from state.store.blind import Blind
from state.store.db import Db
from state.store.events import Events
from state.store.frontier import Frontier
from state.store.hosts import Hosts
from state.store.judgements import Judgements
from state.store.leases import Leases
from state.store.ledger import Ledger
from state.store.matches import Matches
from state.store.messages import Messages
from state.store.notices import Notices
from state.store.promises import Promises
from state.store.receipts import Receipts
from state.store.responses import Responses
from state.store.rulesets import Rulesets
from state.store.seals import Seals
from state.store.search import Search
from state.store.silences import Silences
from state.store.sources import Sources
from state.store.stories import Stories
from state.store.validators import Validators


class Tx:
    """What happens inside one transaction, or one look at a consistent state."""

    def __init__(self, db: Db) -> None:
        #: For this package alone.
        self.db = db
        self.leases = Leases(db)
        self.ledger = Ledger(db)
        self.seals = Seals(db)
        self.sources = Sources(db, self.leases)
        self.validators = Validators(db)
        self.blind = Blind(db)
        self.hosts = Hosts(db)
        self.frontier = Frontier(db)
        self.responses = Responses(db)
        self.articles = Articles(db, self.ledger, self.responses)
        self.search = Search(db, self.articles)
        self.rulesets = Rulesets(db)
        self.matches = Matches(db)
        self.events = Events(db)
        self.stories = Stories(db)
        self.alerts = Alerts(db)
        self.acknowledgements = Acknowledgements(db)
        self.judgements = Judgements(db)
        self.silences = Silences(db)
        self.notices = Notices(db, self.ledger)
        self.receipts = Receipts(db)
        self.messages = Messages(db, self.ledger, self.leases, self.notices, self.receipts)
        self.promises = Promises(db, self.messages)
