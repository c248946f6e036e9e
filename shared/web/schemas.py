"""JSON schemas of requests and responses, from the models that validate and serialize them."""

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any, ClassVar, Literal, get_origin, get_type_hints

from pydantic import BaseModel, Field, TypeAdapter, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaMode, JsonSchemaValue
from pydantic_core import core_schema

from shared.errors import FieldError, Problem
from shared.web import words
from shared.web.examples import example
from shared.web.routing import Body, Query, Shape

Schema = dict[str, Any]

_AT = "#/components/schemas/{model}"
_NO_NUL = r"^[^\x00]*$"


class ProblemDetails(BaseModel):
    """An error (RFC 9457). Clients decide by `code`; new codes may be added. `title` and `detail`,
    also those in `errors`, are in the language of `Accept-Language`, for display.
    """

    type: Literal["about:blank"]
    title: str
    status: int
    detail: Annotated[str, Field(examples=[""])]
    code: str
    errors: Annotated[tuple[FieldError, ...], Field(max_length=0, examples=[[]])]
    request_id: Annotated[str, Field(examples=["019abeee-f85f-7001-8ab5-1476a9782a62"])]


class _Generator(GenerateJsonSchema):
    """pydantic's own, with the limits that apply to every request, and without empty keywords."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        described = super().str_schema(schema)
        return {"pattern": _NO_NUL, **described} if self.mode == "validation" else described

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        described = super().default_schema(schema)
        if self.mode == "serialization" or described.get("default") in (None, ""):
            described.pop("default", None)
        return described


class Schemas:
    """The schemas of one document, including problems; `by_name` has those of the models."""

    def __init__(
        self,
        bodies: Iterable[type[Body]],
        answers: Iterable[Shape],
        facts: Iterable[type[Problem]],
    ) -> None:
        self._details = {
            fact: _details(fact)  # type: ignore[arg-type]  # mypy has no hash of a class
            for fact in facts
        }
        shapes: list[tuple[Any, JsonSchemaMode]] = [(body, "validation") for body in bodies]
        shapes += [(shape, "serialization") for shape in (*answers, *self._details.values())]
        found, named = TypeAdapter.json_schemas(
            [(shape, mode, TypeAdapter(shape)) for shape, mode in shapes],
            ref_template=_AT,
            schema_generator=_Generator,
        )
        self._found = {shape: schema for (shape, _), schema in found.items()}
        self.by_name: Schema = named.get("$defs", {})

    def content(self, shape: type[Body] | Shape) -> Schema:
        """A request or a response with a body of this shape."""
        schema = self._found[shape]
        return {"application/json": {"schema": schema, "example": example(schema, self.by_name)}}

    def of_fact(self, fact: type[Problem]) -> Schema:
        """The schema of the problem for a fact."""
        schema: Schema = self._found[self._details[fact]]
        return schema

    def example_of_fact(self, fact: type[Problem]) -> Any:
        """The problem for a fact."""
        shown = example(self.of_fact(fact), self.by_name)
        said = words.problem(fact.code, "ja", shown, retry_after=60)
        return shown | said._asdict()


def of_query(shape: type[Query]) -> Schema:
    """The schema of a query string, with all definitions included."""
    return shape.model_json_schema(schema_generator=_Generator)


def says_when_again(fact: type[Problem]) -> bool:
    """Whether the problem for a fact has the header Retry-After."""
    return "retry_after" in _hints(fact)


def _hints(fact: type[Problem]) -> dict[str, Any]:
    """The fact's docstring."""
    hints = get_type_hints(fact, include_extras=True)
    return {name: hint for name, hint in hints.items() if get_origin(hint) is not ClassVar}


@cache
def _details(fact: type[Problem]) -> type[BaseModel]:
    """The shape of the problem for a fact, with its members."""
    members = {name: hint for name, hint in _hints(fact).items() if name != "retry_after"}
    fixed: dict[str, Any] = {
        "title": Annotated[str, Field(examples=[""])],
        "status": Literal[int(fact.status)],
        "code": Literal[fact.code],
    }
    return create_model(
        fact.__name__, __base__=ProblemDetails, __doc__=fact.__doc__, **fixed, **members
    )
