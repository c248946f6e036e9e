"""The documents of the three services are valid, complete, and stable for client generators."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from shared.contracts.registry import SERVICES
from tests.openapi.documents import FOLDER, document, operations, text

HERE = Path(__file__).parent
CODES = json.loads((HERE.parent / "architecture/problem_codes.json").read_text())

OF_NO_ROUTE = {
    "bad_request": "what the HTTP library refuses before it knows the route",
    "customer_not_found": "a fact of the command line",
    "method_not_allowed": "there is no route of this method",
    "no_such_route": "there is no route of this path",
    "not_suspended": "a fact of resuming, which operators do",
    "vendor_only": "why an act is not open, and a fact of resuming",
}


@pytest.mark.parametrize("service", SERVICES)
def test_a_document_is_valid_openapi(service: str) -> None:
    OpenAPIV31SpecValidator(document(service)).validate()


@pytest.mark.parametrize("service", SERVICES)
def test_a_documents_file_matches_the_route_table(service: str) -> None:
    """`make docs` writes it."""
    assert (FOLDER / f"{service}.json").read_text() == text(service)


@pytest.mark.parametrize("service", SERVICES)
def test_operation_ids_stay_as_clients_know_them(service: str) -> None:
    """The functions of generated clients are named by them. Intended changes are made there too."""
    golden = (HERE / "operations" / f"{service}.txt").read_text().splitlines()
    found = [f"{method} {path} {one['operationId']}" for method, path, one in operations(service)]
    assert found == golden
    assert len({line.split()[-1] for line in found}) == len(found)


@pytest.mark.parametrize("service", SERVICES)
def test_every_operation_describes_its_effect_and_its_callers(service: str) -> None:
    for method, path, operation in operations(service):
        assert operation["summary"], f"{method} {path}: the handler has no docstring"
        open_to_all = operation["x-access"] == "public"
        assert operation["security"] == ([] if open_to_all else [{"session": []}])


@pytest.mark.parametrize("service", SERVICES)
def test_no_two_shapes_share_a_name(service: str) -> None:
    """pydantic would name both with their modules."""
    names = document(service)["components"]["schemas"]
    assert [name for name in names if not re.fullmatch("[A-Za-z]+", name)] == []


@pytest.mark.parametrize("service", SERVICES)
def test_every_request_and_answer_has_an_example_with_every_field(service: str) -> None:
    components = document(service)["components"]
    whole = {name: _whole(schema) for name, schema in components["schemas"].items()}
    for method, path, operation in operations(service):
        for content in _contents(operation):
            validator = Draft202012Validator(
                {**content["schema"], "components": {"schemas": whole}},
                format_checker=Draft202012Validator.FORMAT_CHECKER,
            )
            for example in _examples(content, components["examples"]):
                faults = [error.message for error in validator.iter_errors(example)]
                assert not faults, f"{method} {path}: {example}"


def test_every_problem_is_documented_by_a_route() -> None:
    told = {
        code: example["value"]["status"]
        for service in SERVICES
        for code, example in document(service)["components"]["examples"].items()
    }
    assert told == {code: status for code, status in CODES.items() if code not in OF_NO_ROUTE}


def _whole(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema with all fields required and no other fields."""
    fields = [*schema.get("properties", ())]
    return {**schema, "required": fields, "additionalProperties": False}


def _contents(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every request and response body of this operation."""
    bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
    yield from (one for body in bodies for one in body.get("content", {}).values())


def _examples(content: dict[str, Any], by_code: dict[str, Any]) -> list[Any]:
    if "example" in content:
        return [content["example"]]
    return [by_code[code]["value"] for code in content["examples"]]
