"""The API that describes itself: once in a process, and with every status that a refusal can have."""

import functools
from typing import Any

from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation

from cathedra.web.api.answers import REFUSAL_STATUSES, REFUSED


class Described(NinjaAPI):
    """Works its description out once: that takes a while, and nothing of it changes while a process runs."""

    @functools.cache  # noqa: B019 - the one object lives as long as the process
    def _description(self, path_prefix: str) -> OpenAPISchema:
        return _Description(self, path_prefix)

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """As the library's own, for the place where the API is found."""
        return self._description(self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)


class _Description(OpenAPISchema):
    """The library leaves out what an operation answers otherwise. Ours refuses otherwise: in one shape, with these."""

    def responses(self, operation: Operation) -> dict[int, dict[str, Any]]:
        answers = super().responses(operation)
        models = operation.response_models
        if REFUSED not in models:
            return answers
        told = dict.fromkeys(REFUSAL_STATUSES, models[REFUSED])
        operation.response_models = {**told, **{status: model for status, model in models.items() if status != REFUSED}}
        try:
            return super().responses(operation)
        finally:
            operation.response_models = models
