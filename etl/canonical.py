"""A delivered text → the stored value, as SQL expressions: one per kind of column.

Each expression is null where the text cannot be read; a text that is missing is null already (`given`).
"""

from typing import Final

from etl.contract import FALSE_WORDS, MISSING_WORDS, TRUE_WORDS, Choice, Column, Kind

# The blanks that NFKC leaves; looked for at the first and last character, for trim(…, …) takes four times as long.
_BLANKS: Final = (*range(9, 14), *range(28, 33), 0x85, 0x200B, 0x2028, 0x2029, 0xFEFF)
_NUMBER: Final = r"[-+]?([0-9]+|[0-9]{1,3}(,[0-9]{3})+)?(\.[0-9]*)?([eE][-+]?[0-9]{1,3})?"
_DAY: Final = "[0-9]{1,2}"
_LONGEST: Final = max(len(word.encode()) for word in MISSING_WORDS)  # bytes


def literal(text: str) -> str:
    """SQL: `text` as a string literal; for words of our own declarations only."""
    return "'" + text.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """SQL: `name` as an identifier."""
    return '"' + name.replace('"', '""') + '"'


def trimmed(cell: str) -> str:
    """SQL: `cell` without blanks at either end."""
    stripped = f"trim({cell}, {' || '.join(f'chr({code})' for code in _BLANKS)})"
    beyond = ", ".join(str(code) for code in _BLANKS if code > ord(" "))
    first, last = (f"ord({end}) <= {ord(' ')} OR ord({end}) IN ({beyond})" for end in (cell, f"right({cell}, 1)"))
    # As many bytes as characters: ASCII, where comparing bytes is three times as fast.
    return (
        f"CASE WHEN strlen({cell}) > length({cell}) THEN CASE WHEN {first} OR {last} THEN {stripped} ELSE {cell} END"
        f" WHEN {cell} < '!' OR substring({cell}, strlen({cell}), 1) <= ' ' THEN {stripped} ELSE {cell} END"
    )


def given(column: Column, text: str) -> str:
    """SQL: `text`, or null where it is one of the words for missing; a label of the column wins over such a word."""
    labels = {choice.zh for choice in column.choices}
    words = ", ".join(literal(word) for word in MISSING_WORDS if word not in labels)
    # Each word of a list is compared with every cell: longer ones, which most are, need not be.
    return f"CASE WHEN strlen({text}) > {_LONGEST} THEN {text} WHEN {text} IN ({words}) THEN NULL ELSE {text} END"


def value(column: Column, text: str, *, factor: int = 1, serials: bool = False) -> str:
    """SQL: the canonical value of `text` (trimmed, not missing); null where it is none.

    `factor`: the unit that the header states. `serials`: five digits in a date column are a spreadsheet's day number.
    """
    if column.kind in (Kind.DATE, Kind.MONTH, Kind.PERIOD):
        return _time(column, text, serials=serials)
    if column.kind in (Kind.WHOLE, Kind.NUMBER, Kind.MONEY):
        return _quantity(column, text, factor)
    if column.kind in (Kind.CHOICE, Kind.CHOICES):
        return (_choice if column.kind is Kind.CHOICE else _choices)(text, column.choices)
    other = {
        Kind.BOOLEAN: _boolean(text),
        Kind.INDICATOR: f"getvariable('indicators')[{text}]",
        Kind.REGION: _region(text),
    }
    return other.get(column.kind, text)


def _time(column: Column, text: str, *, serials: bool) -> str:
    if column.kind is Kind.PERIOD:
        return _period(text, column.periods, serials=serials)
    return (_date if column.kind is Kind.DATE else _month)(text, serials=serials)


def _quantity(column: Column, text: str, factor: int) -> str:
    if column.kind is Kind.NUMBER:
        return f"TRY_CAST({_decimal(text, factor)} AS DECIMAL(18,6))"
    return (_whole if column.kind is Kind.WHOLE else _money)(text, factor)


def _date(text: str, *, serials: bool) -> str:
    iso = f"[0-9]{{4}}-{_DAY}-{_DAY}"
    other = rf"[0-9]{{4}}/{_DAY}/{_DAY}|[0-9]{{4}}\.{_DAY}\.{_DAY}|[0-9]{{4}}年{_DAY}月{_DAY}日"
    joined = f"{text}[1:4] || '-' || {text}[5:6] || '-' || {text}[7:8]"
    serial = f" WHEN regexp_full_match({text}, '[1-9][0-9]{{4}}') THEN DATE '1899-12-30' + CAST({text} AS INTEGER)"
    found = (
        f"CASE WHEN regexp_full_match({text}, '{iso}') THEN TRY_CAST({text} AS DATE)"
        f" WHEN regexp_full_match({text}, '[0-9]{{8}}') THEN TRY_CAST({joined} AS DATE)"
        f" WHEN regexp_full_match({text}, '{other}') THEN TRY_CAST(translate({text}, '/.年月日', '----') AS DATE)"
        f"{serial if serials else ''} END"
    )
    # Year 0 is a year to DuckDB and to nobody else.
    return f"CASE WHEN {text} >= '0001' THEN {found} END"


def _month(text: str, *, serials: bool) -> str:
    forms = f"[0-9]{{4}}[-/]{_DAY}|[0-9]{{6}}|[0-9]{{4}}年{_DAY}月"
    first = rf"regexp_replace({text}, '^([0-9]{{4}})[-/年]?([0-9]+)月?$', '\1-\2-01')"
    return (
        f"CASE WHEN regexp_full_match({text}, '{forms}') AND {text} >= '0001' THEN TRY_CAST({first} AS DATE)"
        f" ELSE CAST(date_trunc('month', {_date(text, serials=serials)}) AS DATE) END"
    )


def _period(text: str, periods: str, *, serials: bool) -> str:
    whens = []
    if "Q" in periods:
        whens.append(f"WHEN regexp_full_match({text}, '[0-9]{{4}}Q[1-4]') THEN {text}")
    if "Y" in periods:
        whens.append(f"WHEN regexp_full_match({text}, '[0-9]{{4}}') THEN {text}")
    month = f"ELSE strftime({_month(text, serials=serials)}, '%Y-%m')" if "M" in periods else ""
    return f"CASE {' '.join(whens)} {month} END"


def _decimal(text: str, factor: int) -> str:
    # 16 digits before the point: times the largest unit it still fits 38 digits, so that no product can overflow.
    number = f"TRY_CAST(replace({text}, ',', '') AS DECIMAL(28,12))"
    product = number if factor == 1 else f"{number} * CAST({factor} AS DECIMAL(10,0))"
    return f"CASE WHEN regexp_full_match({text}, '{_NUMBER}') THEN {product} END"


def _whole(text: str, factor: int) -> str:
    number = _decimal(text, factor)
    slow = f"CASE WHEN {number} = floor({number}) THEN TRY_CAST({number} AS BIGINT) END"
    if factor != 1:
        return slow
    return f"CASE WHEN regexp_full_match({text}, '[0-9]{{1,9}}') THEN TRY_CAST({text} AS BIGINT) ELSE {slow} END"


def _money(text: str, factor: int) -> str:
    number = _decimal(text, factor)
    cents = f"round({number}, 2)"
    slow = f"CASE WHEN abs({number} - {cents}) <= 0.0001 THEN TRY_CAST({cents} AS DECIMAL(18,2)) END"
    if factor != 1:
        return slow
    plain = r"[0-9]{1,12}(\.[0-9]{1,2})?"
    return f"CASE WHEN regexp_full_match({text}, '{plain}') THEN TRY_CAST({text} AS DECIMAL(18,2)) ELSE {slow} END"


def _boolean(text: str) -> str:
    true = ", ".join(literal(word.lower()) for word in TRUE_WORDS)
    false = ", ".join(literal(word.lower()) for word in FALSE_WORDS)
    return f"CASE WHEN lower({text}) IN ({true}) THEN TRUE WHEN lower({text}) IN ({false}) THEN FALSE END"


def _choice(text: str, choices: tuple[Choice, ...]) -> str:
    whens = [f"WHEN {literal(choice.zh)} THEN {literal(choice.value)}" for choice in choices]
    whens += [f"WHEN {literal(choice.value)} THEN {literal(choice.value)}" for choice in choices]
    return f"CASE {text} {' '.join(whens)} END"


def _choices(text: str, choices: tuple[Choice, ...]) -> str:
    listed = f"list_transform(str_split(replace({text}, '、', ';'), ';'), lambda part: trim(part))"
    parts = f"list_filter({listed}, lambda part: part <> '')"
    values = f"list_transform({parts}, lambda part: {_choice('part', choices)})"
    known = f"len(list_filter({values}, lambda part: part IS NULL)) = 0 AND len({values}) > 0"
    return f"CASE WHEN {known} THEN array_to_string(list_sort(list_distinct({values})), ';') END"


def _region(text: str) -> str:
    # A spreadsheet's number may have been written as a decimal.
    code = f"regexp_extract({text}, '^([0-9]{{12}}|[0-9]{{9}}|[0-9]{{6}})([.]0+)?$', 1)"
    return f"CASE WHEN regexp_full_match({text}, '[0-9]{{12}}') THEN {text} ELSE rpad(nullif({code}, ''), 12, '0') END"
