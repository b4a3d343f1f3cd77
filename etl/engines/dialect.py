"""A model's SELECT as Spark understands it: parsed as DuckDB's, a few named rewrites, written as Spark's.

Each rewrite stands for a word that both engines know and read differently; `tests/spark` sets the two side by side.
What would need the types of columns (a date minus a date, a fraction cast to a whole number) cannot be rewritten here:
models do without it.
"""

from collections.abc import Callable
from typing import Final

from sqlglot import exp, parse_one

from etl.engines.texts import characters, patterns, slices, words

_WHOLE: Final = 15  # digits that a double holds for certain


def to_spark(select: str) -> str:
    """The statement in Spark's SQL; sqlglot's ParseError where it is none of DuckDB's."""
    root = exp.paren(parse_one(select, read="duckdb"))
    for node in reversed(list(root.bfs())):  # what lies deepest first
        for rewrite in REWRITES:
            made = rewrite(node)
            if made is not node:
                node.replace(made)
                break
    return str(root.this.sql("spark"))


def years_and_months(node: exp.Expr) -> exp.Expr:
    """`to_years(n)`, `to_months(n)` → an interval of years and months."""
    if isinstance(node, exp.Anonymous) and node.name.lower() in ("to_years", "to_months"):
        number, zero = node.expressions[0], exp.Literal.number(0)
        parts = [number, zero] if node.name.lower() == "to_years" else [zero, number]
        return exp.Anonymous(this="make_ym_interval", expressions=parts)
    return node


def months_between(node: exp.Expr) -> exp.Expr:
    """`date_diff('month', a, b)` counts the firsts of a month between them; Spark's counts whole months gone by."""
    if isinstance(node, exp.DateDiff) and str(node.args.get("unit") or "").upper() == "MONTH":
        later, earlier = node.this, node.expression
        return exp.paren((_year(later) - _year(earlier)) * 12 + (_month(later) - _month(earlier)))
    return node


def fractions(node: exp.Expr) -> exp.Expr:
    """`a / b` is a double, also of decimals and of whole numbers; cast to a decimal it is rounded as a double."""
    if isinstance(node, exp.Cast) and isinstance(node.this, exp.Div) and node.to.is_type(exp.DataType.Type.DECIMAL):
        scale = int(node.to.expressions[1].name) if len(node.to.expressions) > 1 else 0
        unit = exp.cast(exp.Literal.number(10**scale), "DOUBLE")
        whole = exp.func("round", exp.Mul(this=exp.paren(_double_division(node.this)), expression=unit))
        return exp.cast(exp.Div(this=whole, expression=unit.copy(), typed=False, safe=False), node.to)
    if isinstance(node, exp.Div):
        return _double_division(node)
    return node


def doubles_as_text(node: exp.Expr) -> exp.Expr:
    """A double as text has no exponent below 10^15: `12500000.0`, where Spark writes `1.25E7`."""
    inner = node.this if isinstance(node, exp.Cast) and node.to.is_type(exp.DataType.Type.TEXT) else None
    if isinstance(inner, exp.Cast) and inner.to.is_type(exp.DataType.Type.DOUBLE):
        plain = exp.cast(exp.cast(inner.this, f"DECIMAL(38, {_WHOLE})"), "VARCHAR")
        digits = exp.Anonymous(this="rtrim", expressions=[exp.Literal.string("0"), plain])
        return exp.Anonymous(
            this="regexp_replace",
            expressions=[digits, exp.Literal.string("[.]$"), exp.Literal.string(".0")],
        )
    return node


def _double_division(node: exp.Expr) -> exp.Expr:
    over, under = (exp.cast(each.unnest(), "DOUBLE") for each in (node.this, node.expression))
    return exp.Div(this=over, expression=under, typed=False, safe=False)


def _year(day: exp.Expr) -> exp.Expr:
    return exp.Year(this=day.copy())


def _month(day: exp.Expr) -> exp.Expr:
    return exp.Month(this=day.copy())


REWRITES: Final[tuple[Callable[[exp.Expr], exp.Expr], ...]] = (
    years_and_months,
    months_between,
    doubles_as_text,
    fractions,
    words,
    characters,
    slices,
    patterns,
)
