"""One typed, documented, frozen object read from one TOML file and the environment.

Every value may stand in the TOML file as `[room] name = value`, or in the environment as `CATHEDRA_ROOM_NAME`, which
wins. A secret may be given as a file: `CATHEDRA_ROOM_NAME_FILE=/path`. `DATABASE_URL` is understood as
`CATHEDRA_DATABASE_URL`. The file is `CATHEDRA_CONFIG`, else `cathedra.toml` in the data folder.
`docs/config.md` is generated from the comments below.
"""

from cathedra.config._documented import told
from cathedra.config._keeping import Bin, Licence, Limit, Meter, Restore, Retention
from cathedra.config._reading import (
    WrongConfiguration,
    default_data_dir,
    demo_data_dir,
    for_children,
    get,
    hand_down,
    load,
)
from cathedra.config._rooms import (
    Api,
    Approval,
    Audit,
    Config,
    Database,
    Downloads,
    Encoding,
    Import,
    Mail,
    Playback,
    Schedule,
    Sharing,
    Site,
    Speech,
    Storage,
    Upload,
    Worker,
)

__all__ = [
    "Api",
    "Approval",
    "Audit",
    "Bin",
    "Config",
    "Database",
    "Downloads",
    "Encoding",
    "Import",
    "Licence",
    "Limit",
    "Mail",
    "Meter",
    "Playback",
    "Restore",
    "Retention",
    "Schedule",
    "Sharing",
    "Site",
    "Speech",
    "Storage",
    "Upload",
    "Worker",
    "WrongConfiguration",
    "default_data_dir",
    "demo_data_dir",
    "for_children",
    "get",
    "hand_down",
    "load",
    "told",
]
