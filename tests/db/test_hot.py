"""The hot door's connections plan once, and give up in time."""

import pytest
from django.db import connection
from psycopg_pool import PoolTimeout

from cathedra.db import hot
from tests.edge.loop import loop  # noqa: F401 - a fixture


def test_a_connection_plans_each_statement_once_and_who_gets_none_hears_of_it(transactional_db, loop):  # noqa: F811
    settings = connection.settings_dict

    async def live():
        pool = hot.pool(
            f"postgresql://{settings['USER']}@/{settings['NAME']}?host={settings['HOST']}", most=1, timeout=1
        )
        await pool.open()
        try:
            async with pool.connection() as one:
                found = await one.execute("SHOW plan_cache_mode")
                assert await found.fetchone() == ("force_generic_plan",)
                with pytest.raises(PoolTimeout):
                    await pool.getconn(timeout=0.1)
        finally:
            await pool.close()

    loop.run(live())
