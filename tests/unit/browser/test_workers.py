"""Our script stands in front of a worker's, and changes nothing of it."""

from __future__ import annotations

import pytest

from reenact.browser.workers import unmarked, with_script, without_script

TOKEN = "rx" + "0" * 32


@pytest.mark.parametrize(
    ("script", "strict"),
    [
        (b"'use strict'; go();", True),
        (b'/* one */ // two\n\n/* three\n*/"use strict"; go();', True),
        (b"go(); 'use strict'", False),
        (b"/* 'use strict' */ go()", False),
        (b"// 'use strict'", False),
        (b"/* never ends 'use strict'", False),
        (b"", False),
    ],
)
def test_a_directive_stays_one(script, strict):
    assert with_script(script, TOKEN).startswith(b'"use strict";') is strict
    assert without_script(with_script(script, TOKEN)) == script


def test_megabytes_of_comments_are_read_once():
    """This took minutes with the worker of pdf.js, which has 40,000 comments behind its licence."""
    script = b"/* licence */ go();" + b"/* more */ run();\n" * 200_000
    assert without_script(with_script(script, TOKEN)) == script


def test_the_mark_is_taken_off_wherever_it_stands():
    assert unmarked(f"https://a.test/w.js?{TOKEN}=1") == "https://a.test/w.js"
    assert unmarked(f"https://a.test/w.js?v=2&{TOKEN}=1") == "https://a.test/w.js?v=2"
