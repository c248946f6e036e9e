"""JSON schemas of what goes in and comes out, from the models that validate and write it."""

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
    """What went wrong (RFC 9457). `code` is what a client goes by; more codes may come. `title` and
    `detail`, also of each of the `errors`, are in the language of `Accept-Language`, for showing.
    """

    type: Literal["about:blank"]
    title: str
    status: int
    detail: Annotated[str, Field(examples=[""])]
    code: str
    errors: Annotated[tuple[FieldError, ...], Field(max_length=0, examples=[[]])]
    request_id: Annotated[str, Field(examples=["019abeee-f85f-7001-8ab5-1476a9782a62"])]


class _Generator(GenerateJsonSchema):
    """pydantic's own, with what every request is refused for, and without what says nothing."""

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
    """The schemas of one document, those of problems too; the models' own stand in `by_name`."""

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
        """The schema of the problem that tells a fact."""
        schema: Schema = self._found[self._details[fact]]
        return schema

    def example_of_fact(self, fact: type[Problem]) -> Any:
        """The problem that tells a fact."""
        shown = example(self.of_fact(fact), self.by_name)
        said = words.problem(fact.code, "ja", shown, retry_after=60)
        return shown | said._asdict()


def of_query(shape: type[Query]) -> Schema:
    """The schema of a query string, with everything in one place."""
    return shape.model_json_schema(schema_generator=_Generator)


def says_when_again(fact: type[Problem]) -> bool:
    """Whether the problem that tells a fact has the header Retry-After."""
    return "retry_after" in _hints(fact)


def _hints(fact: type[Problem]) -> dict[str, Any]:
    """What a fact says about its instances."""
    hints = get_type_hints(fact, include_extras=True)
    return {name: hint for name, hint in hints.items() if get_origin(hint) is not ClassVar}


@cache
def _details(fact: type[Problem]) -> type[BaseModel]:
    """The shape of the problem that tells a fact, with its members."""
    members = {name: hint for name, hint in _hints(fact).items() if name != "retry_after"}
    fixed: dict[str, Any] = {
        "title": Annotated[str, Field(examples=[""])],
        "status": Literal[int(fact.status)],
        "code": Literal[fact.code],
    }
    return create_model(
        fact.__name__, __base__=ProblemDetails, __doc__=fact.__doc__, **fixed, **members
    )
