"""The client behind the measurements still speaks Streamlit's protocol, and loses nothing."""

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor

from tests.benchmarks import served
from tests.benchmarks.walk import whole_walk
from xsector.store.engine import open_engine


def no_pause():
    return 0


async def all_walks(port, tokens):
    walks = [whole_walk(port, token, pause=no_pause, dice=random.Random(token)) for token in tokens]
    return await asyncio.gather(*walks)


def test_three_partners_at_once_answer_everything_and_keep_what_was_acknowledged(tmp_path):
    # A thread of its own: the browser of other tests keeps a loop running in this one.
    with served.real_server(tmp_path, people=12, form="pulse") as (room, server), ThreadPoolExecutor(1) as threads:
        walks = threads.submit(lambda: asyncio.run(all_walks(server.port, room.tokens[:3]))).result()
    engine = open_engine(f"sqlite:///{tmp_path / 'xsector.sqlite3'}")

    kept = [served.kept_answers(engine, room, token=token) for token in room.tokens[:3]]

    engine.dispose()
    assert kept == [(walk.answers, walk.receipt) for walk in walks]
    assert [len(walk.answers) for walk in walks] == [12, 12, 12]
