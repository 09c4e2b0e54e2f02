"""One transaction, and in it a door to each kind of row."""

from __future__ import annotations

from state.store.db import Db
from state.store.frontier import Frontier
from state.store.hosts import Hosts
from state.store.leases import Leases
from state.store.sources import Sources
from state.store.validators import Validators


class Tx:
    """What happens inside one transaction, or one look at a consistent state."""

    def __init__(self, db: Db) -> None:
        #: For this package alone.
        self.db = db
        self.leases = Leases(db)
        self.sources = Sources(db, self.leases)
        self.validators = Validators(db)
        self.hosts = Hosts(db)
        self.frontier = Frontier(db)
