"""Jobs of what is counted of watching."""

from types import SimpleNamespace

from cathedra.db.models import ViewFigures
from cathedra.domain.jobs import JobKind
from cathedra.worker import viewing
from cathedra.worker.handlers import HANDLERS, PERIODIC
from tests.giving import somebody
from tests.lectures import lecture
from tests.watching import watch


def test_r216_every_hour_the_figures_of_whoever_sees_no_names_are_renewed(cast, now):
    assert HANDLERS[JobKind.RENEW_VIEW_FIGURES] is viewing.renew_figures
    assert PERIODIC[JobKind.RENEW_VIEW_FIGURES] == "55 * * * *"
    made = lecture(cast.chemistry, cast.alice, now=now)
    watch(made, [somebody(f"viewer{place}", now=now) for place in range(5)], now=now, until_ms=1000)
    assert [viewing.renew_figures(SimpleNamespace(now=now), {}) for _ in range(2)] == [1, 0]
    assert ViewFigures.objects.get().viewers == 5
