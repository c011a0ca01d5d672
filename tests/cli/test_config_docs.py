"""The page of settings says everything that can be set."""

from dataclasses import fields
from typing import get_type_hints

from cathedra import config
from cathedra.cli import config_docs


def test_every_setting_stands_in_it_with_variable_default_and_meaning():
    page = config_docs.text()
    hints = get_type_hints(config.Config)
    for room in fields(config.Config):
        for setting in fields(hints[room.name]) if hasattr(hints[room.name], "__dataclass_fields__") else ():
            variable = f"CATHEDRA_{room.name.rstrip('_')}_{setting.name}".upper()
            assert f"| `{setting.name}` | `{variable}` | " in page
            assert setting.metadata["doc"]


def test_secrets_are_marked_and_choices_listed():
    page = config_docs.text()
    assert "Secret key. Secret: prefer the `_FILE` form." in page
    assert "One of `local`, `s3`." in page
    assert "| `security` | `CATHEDRA_MAIL_SECURITY` | `off` |" in page
