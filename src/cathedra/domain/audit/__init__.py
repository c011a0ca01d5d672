"""The audit trail as values: what each event is called, whether the chain is whole, and what a line of an export is."""

from cathedra.domain.audit._chain import GENESIS, Break, Chain, Damage, Head, Link, hash_of, seen_with
from cathedra.domain.audit._export import COLUMNS, ExportFormat, csv_line, json_line
from cathedra.domain.audit._labels import CHANNELS, FIELDS, KINDS
from cathedra.domain.audit._phrases import PHRASES, actions_of, phrase
from cathedra.domain.audit._topics import TOPICS, Phrase, Topic
from cathedra.domain.audit._wish import Wish, day_after, day_start

__all__ = [
    "CHANNELS",
    "COLUMNS",
    "FIELDS",
    "GENESIS",
    "KINDS",
    "PHRASES",
    "TOPICS",
    "Break",
    "Chain",
    "Damage",
    "ExportFormat",
    "Head",
    "Link",
    "Phrase",
    "Topic",
    "Wish",
    "actions_of",
    "csv_line",
    "day_after",
    "day_start",
    "hash_of",
    "json_line",
    "phrase",
    "seen_with",
]
