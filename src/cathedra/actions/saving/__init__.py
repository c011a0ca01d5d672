"""Save a recording anew without what is cut (R103): ask for it, end it with the original in the bin, give it up. What it is
made of is joined in `editing`, and made ready by the ordinary steps of `encoding`."""

from cathedra.actions.saving._ask import Preview, SavedAnew, preview_saving, save_anew, saving_job
from cathedra.actions.saving._fail import abandon_saving, clear_saving, fail
from cathedra.actions.saving._finish import finish_saving, go_on

__all__ = [
    "Preview",
    "SavedAnew",
    "abandon_saving",
    "clear_saving",
    "fail",
    "finish_saving",
    "go_on",
    "preview_saving",
    "save_anew",
    "saving_job",
]
