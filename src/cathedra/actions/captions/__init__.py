"""Captions: listen in the background, correct, upload, ask again, and the words of a course (R208 to R210)."""

from cathedra.actions.captions._ask import ask_again, catch_up
from cathedra.actions.captions._change import (
    SavedCue,
    Saving,
    Version,
    copy_captions,
    delete_captions,
    reword_captions,
    save_captions,
    upload_captions,
)
from cathedra.actions.captions._files import put_files, write_files
from cathedra.actions.captions._glossary import save_glossary
from cathedra.actions.captions._jobs import files_job, listening_job
from cathedra.actions.captions._listen import Listener, Outcome, fail_listening, transcribe
from cathedra.actions.captions._may import may_change
from cathedra.actions.captions._policy import set_folder_captions

__all__ = [
    "Listener",
    "Outcome",
    "SavedCue",
    "Saving",
    "Version",
    "ask_again",
    "catch_up",
    "copy_captions",
    "delete_captions",
    "fail_listening",
    "files_job",
    "listening_job",
    "may_change",
    "put_files",
    "reword_captions",
    "save_captions",
    "save_glossary",
    "set_folder_captions",
    "transcribe",
    "upload_captions",
    "write_files",
]
