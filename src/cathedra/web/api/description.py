"""The API's description as the text that `frontend/openapi.json` holds; the islands' types are made from it."""

import json

from cathedra.web.api import api


def text() -> str:
    """OpenAPI, in a stable order, so that a change shows as a change."""
    return json.dumps(api.get_openapi_schema(path_prefix="/api/"), indent=2, sort_keys=True, default=str) + "\n"
