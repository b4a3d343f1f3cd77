"""The demonstration city, each delivery judged on a real cluster: what a load here leaves, also if a worker dies."""

import shutil
from pathlib import Path
from threading import Thread

import pytest

from dashboard.semantics.catalogue import indicators
from etl.engines.staging import staging
from etl.home import Home
from tests.demo_city import demo_home
from tests.etl.bureau import load_into
from tests.spark.standalone import FEW_ROWS, HOST, kill, standalone, until
from tests.spark.test_build import differing
from tests.spark.test_loading import rows_of


def test_a_city_loaded_on_a_cluster_is_the_city_loaded_here_though_a_worker_dies(
    tmp_path_factory: pytest.TempPathFactory, tmp_path: Path
) -> None:
    root, store, there = tmp_path_factory.getbasetemp(), tmp_path / "store", Home(tmp_path / "there")
    here = Home(demo_home(root))
    there.path.mkdir()
    shutil.copy(here.path / "key", there.path / "key")
    *earlier, last = sorted((root / "demo-city").iterdir())
    settings = {"spark.executor.memory": "512m", "spark.driver.host": HOST, "spark.sql.shuffle.partitions": "2"}
    settings |= FEW_ROWS
    with standalone(tmp_path) as cluster, staging(cluster.master, store, settings, least=250) as on_spark:
        for delivery in earlier:
            assert load_into(there, delivery, indicators=indicators, judging=on_spark).load is not None

        def fail() -> None:
            until(lambda: any(store.glob("*/history/persons")), cluster.workers[0])
            kill(cluster.workers[0])

        accident = Thread(target=fail)
        accident.start()
        account = load_into(there, last, indicators=indicators, judging=on_spark)
        accident.join()
        assert cluster.workers[0].poll() is not None
    assert (account.load, account.tables["persons"].changed > 0) == (len(earlier) + 1, True)
    for table, one, other in rows_of(here, there):
        assert one == other, table
    built, same = (home.current() for home in (here, there))
    assert built is not None
    assert same is not None
    assert set(differing(built, same)) == {"load"}  # which says at what hour a delivery came in
    assert not any(store.iterdir())
