"""The tools of processing, put together for this process."""

from cathedra import wiring
from cathedra.actions.encoding import Tools


def processing_tools() -> Tools:
    """As the configuration says. Raises UnableTo with a sentence when something is missing."""
    configured = wiring.configuration()
    return Tools(
        store=wiring.object_store(),
        spool=wiring.spool(),
        prober=wiring.prober(),
        renderer=wiring.renderer(),
        ladder=wiring.ladder(),
        work_dir=configured.work_dir,
        max_hours=configured.encoding.max_duration_hours,
    )
