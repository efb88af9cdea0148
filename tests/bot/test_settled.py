"""The collector of garbage is kept off the office while its doors are open, and only then."""

import gc

from bot.app import settled


def test_what_stays_is_left_alone_only_meanwhile() -> None:
    with settled():
        assert gc.get_freeze_count() > 0
        assert gc.isenabled(), "what turns leave behind is still collected"
    assert gc.get_freeze_count() == 0
