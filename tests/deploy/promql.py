"""Reads PromQL, and finds names in it that the product does not expose."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import promql_parser
from prometheus_client.samples import Sample
from promql_parser import AggregateExpr, BinaryExpr, MatchOp, VectorSelector

from tests.deploy.exposed import VALUES, series


@dataclass(frozen=True, slots=True)
class Matcher:
    """A label, and the values that it may have, or may not have, each a regular expression."""

    label: str
    values: tuple[str, ...]
    negated: bool

    def matches(self, value: str) -> bool:
        """Whether a value of the label matches."""
        return any(re.fullmatch(one, value) for one in self.values) != self.negated


@dataclass(frozen=True, slots=True)
class Selector:
    """A series in an expression, by its name and labels."""

    name: str
    matchers: tuple[Matcher, ...]

    def finds(self, sample: Sample) -> bool:
        """Whether it selects a series, as far as the process itself sets the labels."""
        return self.name == sample.name and all(
            matcher.matches(sample.labels.get(matcher.label, ""))
            for matcher in self.matchers
            if matcher.label in sample.labels
        )


def faults(expression: str) -> list[str]:
    """The faults of an expression: its grammar, or a name that the product does not expose."""
    try:
        found = selectors(expression)
    except ValueError as error:
        return [f"{expression}: {error}"]
    told = [fault for selector in found for fault in _faults(selector)]
    known = {label for selector in found for label in series().get(selector.name, ())}
    return told + [f"groups by {label}, which nothing has" for label in grouped(expression) - known]


def _faults(selector: Selector) -> Iterator[str]:
    labels = series().get(selector.name)
    if labels is None:
        yield f"{selector.name} is not exposed"
        return
    for matcher in selector.matchers:
        if matcher.label not in labels:
            yield f"{selector.name} has no label {matcher.label}"
        for value in matcher.values if matcher.label in VALUES else ():
            if not any(re.fullmatch(value, known) for known in VALUES[matcher.label]):
                yield f"{selector.name}: {matcher.label} is never {value}"


def selectors(expression: str) -> list[Selector]:
    """The series that an expression selects. Raises ValueError if it is no PromQL."""
    return [
        Selector(str(node.name), tuple(map(_matcher, node.matchers.matchers)))
        for node in _nodes(expression)
        if isinstance(node, VectorSelector)
    ]


def _matcher(matcher: Any) -> Matcher:
    plain = matcher.op in (MatchOp.Equal, MatchOp.NotEqual)
    values = [re.escape(matcher.value)] if plain else matcher.value.split("|")
    negated = matcher.op in (MatchOp.NotEqual, MatchOp.NotRe)
    return Matcher(matcher.name, tuple(values), negated)


def grouped(expression: str) -> set[str]:
    """The labels by which it aggregates or joins."""
    found: set[str] = set()
    for node in _nodes(expression):
        modifier = getattr(node, "modifier", None)
        if isinstance(node, BinaryExpr):
            modifier = modifier and modifier.matching
        if modifier and isinstance(node, AggregateExpr | BinaryExpr):
            found |= set(modifier.labels)
    return found


def given(expression: str) -> set[str]:
    """The labels of its result, as far as known: all, or those that aggregations keep."""
    if any(isinstance(node, AggregateExpr) for node in _nodes(expression)):
        return grouped(expression)
    return {label for selector in selectors(expression) for label in series()[selector.name]}


def _nodes(expression: str) -> list[Any]:
    nodes: list[Any] = []
    promql_parser.walk(promql_parser.parse(expression), nodes.append)
    return nodes
