"""How levels and ways are said."""

from datetime import UTC, datetime

from cathedra.domain.access import Audience, Path, SharingLevel, Standing, Way
from cathedra.web.access import way_tags


def test_every_level_audience_and_path_has_its_words():
    assert all(way_tags.level_word(level) for level in SharingLevel)
    assert way_tags.audience_word(Audience.PUBLIC).startswith("Anybody")
    until = datetime(2030, 1, 1, 12, tzinfo=UTC)
    for path in Path:
        said = way_tags.way_sentence(Way(path, Standing.VIEWER, through="Part <IA>", until=until))
        assert said
        assert "{" not in said
    assert way_tags.standing_word(Way(Path.GRANT, Standing.GRANTEE)) == "Administrative access"
