"""The diagrams in docs/states/ are those of the code."""

from pathlib import Path

from cathedra.cli import state_docs

FOLDER = Path(__file__).parents[2] / "docs/states"


def test_diagrams_are_in_step_with_the_moves():
    for name, text in state_docs.render().items():
        assert FOLDER.joinpath(name).read_text() == text, "run: cathedra state-docs"


def test_writing_makes_one_page_for_each_column(tmp_path):
    state_docs.write(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"media.md", "publication.md", "keeping.md"}
