"""Editing: keep a list of cuts, encode their edges, show the edited recording, join it to a file, join what is
kept to the files of a new recording, clear away what no version uses."""

from cathedra.actions.editing._join import join_edited
from cathedra.actions.editing._keep import keep_parts
from cathedra.actions.editing._mend import mend_edits
from cathedra.actions.editing._save import Saved, may_edit, save_edit
from cathedra.actions.editing._show import abandon_edit, show_edit
from cathedra.actions.editing._sweep import sweep_edges

__all__ = [
    "Saved",
    "abandon_edit",
    "join_edited",
    "keep_parts",
    "may_edit",
    "mend_edits",
    "save_edit",
    "show_edit",
    "sweep_edges",
]
