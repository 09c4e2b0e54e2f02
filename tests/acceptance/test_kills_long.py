"""Killed over and over in one newsroom, while news keeps coming: nothing is lost, nothing is invented."""

import random
import signal
from dataclasses import replace

import pytest

from tests.acceptance.test_kills import KILLS
from tests.support import killer
from tests.support.newsroom import Newsroom
from tests.support.stories import ALARMS, publish

PLACES = (
    "Ashford",
    "Birchley",
    "Cedarham",
    "Dunmere",
    "Elmstead",
    "Fernhill",
    "Gorsebury",
    "Hazelton",
    "Ivybridge",
    "Junction",
)


@pytest.mark.long
def test_thirty_kills_in_a_row_lose_nothing(tmp_path):
    chance = random.Random(11)
    kills = 0
    with Newsroom(tmp_path) as room:
        publish(room)
        titles = [piece.title for piece in ALARMS]
        for place in PLACES:
            first = replace(
                ALARMS[0],
                title=f"Seventy {place} Party Councillors Defect to Ruling Reed Party",
                paragraphs=(
                    f"Seventy councillors of the opposition {place} Party in {place} province defected to the ruling Reed Party.",
                    f"The mayor of {place} welcomed them with {chance.randrange(100, 999)} flags.",
                ),
            )
            room.publish(first.family, first.title, first.paragraphs)
            titles.append(first.title)
            while kills < 3 * (len(titles) - len(ALARMS)):
                kill = replace(chance.choice(KILLS), nth=1)
                if killer.run(["crawl"], cwd=room.folder, kill=kill).returncode != -signal.SIGKILL:
                    break
                kills += 1
        room_ended = killer.run(["crawl"], cwd=room.folder)
        audit = killer.run(["audit", "--all"], cwd=room.folder)

        assert room_ended.returncode == 0, room_ended.stderr
        assert audit.returncode == 0, audit.stdout
        assert kills >= 30
        for channel in ("desk", "analysts"):
            told = room.told(channel)
            for title in titles:
                heard = {text for text in told if title in text and "CORRECTION" not in text}
                assert len(heard) == 1, f"{channel}: {title!r} was heard as {len(heard)} different messages"
