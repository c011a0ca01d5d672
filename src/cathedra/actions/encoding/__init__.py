"""Processing: look into a source, make it playable, make the rest, keep the original, give up with a sentence."""

from cathedra.actions.encoding._again import drop_source, process_again, replace_files
from cathedra.actions.encoding._fail import give_up
from cathedra.actions.encoding._keep import store_original
from cathedra.actions.encoding._ladder import encode_ladder
from cathedra.actions.encoding._mend import mend_ladders
from cathedra.actions.encoding._package import package_source
from cathedra.actions.encoding._probe import package_job, plan_for, probe_source
from cathedra.actions.encoding._put import poster_of, put_output, put_playlists, refresh_playlists
from cathedra.actions.encoding._work import Outcome, Prober, Renderer, Tools, sweep_work_folders, work_folder

__all__ = [
    "Outcome",
    "Prober",
    "Renderer",
    "Tools",
    "drop_source",
    "encode_ladder",
    "give_up",
    "mend_ladders",
    "package_job",
    "package_source",
    "plan_for",
    "poster_of",
    "probe_source",
    "process_again",
    "put_output",
    "put_playlists",
    "refresh_playlists",
    "replace_files",
    "store_original",
    "sweep_work_folders",
    "work_folder",
]
