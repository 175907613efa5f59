"""The helpers of the tests above are found from here too; a browser, and a page of it that asks nothing of outside."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))


@pytest.fixture(scope="module")
def chromium():
    from laboratory import started_chromium

    with started_chromium() as started:
        yield started


@pytest.fixture
def page(chromium, hub):
    context = chromium.new_context(locale="fr-FR", viewport={"width": 1400, "height": 900})
    page = context.new_page()
    outside = []
    inside = (hub.address, hub.address.replace("http", "ws"), "data:", "blob:", "about:")
    page.on("request", lambda request: outside.append(request.url) if not request.url.startswith(inside) else None)
    yield page
    context.close()
    assert outside == []
