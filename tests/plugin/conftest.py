from __future__ import annotations

import pytest
from tests.plugin.small_app import recorded_till


@pytest.fixture(scope="session")
def recorded(tmp_path_factory):
    with recorded_till(tmp_path_factory.mktemp("till")) as recorded:
        yield recorded
