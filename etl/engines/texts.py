"""Rewrites for the check of landed text (`etl.check`): characters, patterns and pieces of texts, as Spark has them."""

import re
from typing import Final

from sqlglot import exp

_NAMED: Final = {"strlen": "octet_length", "ord": "ascii", "hash": "xxhash64", "row": "struct"}


def words(node: exp.Expr) -> exp.Expr:
    """What has another name: bytes of a text, code of its first character, 64 bits of a key, values in a row."""
    if isinstance(node, exp.Anonymous) and node.name.lower() in _NAMED:
        return exp.Anonymous(this=_NAMED[node.name.lower()], expressions=node.expressions)
    return node


def characters(node: exp.Expr) -> exp.Expr:
    """`chr(8203)` is that character; Spark's `chr` ends at 255."""
    if isinstance(node, exp.Chr):
        return exp.Literal.string(chr(int(node.expressions[0].name)))
    return node


def slices(node: exp.Expr) -> exp.Expr:
    """`text[5:6]` is its fifth and sixth character."""
    if isinstance(node, exp.Bracket) and isinstance(node.expressions[0], exp.Slice):
        cut = node.expressions[0]
        first, last = int(cut.this.name), int(cut.expression.name)
        return exp.Substring(
            this=node.this, start=exp.Literal.number(first), length=exp.Literal.number(last - first + 1)
        )
    return node


def patterns(node: exp.Expr) -> exp.Expr:
    """A pattern that must fit the whole text, and groups named in a replacement."""
    if isinstance(node, exp.RegexpFullMatch):
        whole = exp.Literal.string(rf"\A(?:{node.expression.name})\z")
        return exp.RegexpLike(this=node.this, expression=whole)
    if isinstance(node, exp.RegexpReplace):
        pattern = node.expression.name.replace(r"\s", r"[\t\n\f\r ]")
        groups = re.sub(r"\\(\d)", r"$\1", node.args["replacement"].name)
        parts = [node.this, exp.Literal.string(pattern), exp.Literal.string(groups)]
        return exp.Anonymous(this="regexp_replace", expressions=parts)
    return node
