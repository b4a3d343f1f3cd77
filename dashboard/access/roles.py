"""What each role may do: one table. Whose figures an account sees is its regions; what it does with them is here."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal, get_args

from dashboard.language import message

Permit = Literal["figures", "export", "rows", "load", "cases", "edit", "review", "accounts", "audit"]
Role = Literal["leader", "analyst", "district", "street", "editor", "reviewer", "administrator", "auditor"]
ROLES: Final[tuple[Role, ...]] = get_args(Role)

# figures: pages and questions · export: take files away · rows: the rows behind a figure, by registration number
# load: bring deliveries in from the browser; asks for the whole city, for a delivery is of it all
# edit: draft, correct and publish editions · review: approve another account's edition
# cases: follow up findings on money, within one's own regions; seeing them needs rows alone
# accounts: accounts, roles and regions · audit: read, check and export the audit log
PERMITS: Final[Mapping[Role, frozenset[Permit]]] = {
    "leader": frozenset({"figures", "export"}),
    "analyst": frozenset({"figures", "export", "rows", "load", "cases"}),
    "district": frozenset({"figures", "export", "rows", "cases"}),
    "street": frozenset({"figures", "export", "rows"}),
    "editor": frozenset({"figures", "export", "edit"}),
    "reviewer": frozenset({"figures", "export", "review"}),
    # All but the log of what administrators do: nobody gives what they do not hold, and somebody must give the rest.
    "administrator": frozenset({"figures", "export", "rows", "load", "cases", "edit", "review", "accounts"}),
    "auditor": frozenset({"figures", "export", "rows", "audit"}),
}

LEVEL_OF: Final[Mapping[Role, str]] = {"district": "district", "street": "street"}  # such a role needs such a region

LABELS: Final[Mapping[Role, str]] = {
    "leader": message("Leader"),
    "analyst": message("Analyst"),
    "district": message("District staff"),
    "street": message("Street staff"),
    "editor": message("Editor of the ranking"),
    "reviewer": message("Reviewer of the ranking"),
    "administrator": message("Administrator"),
    "auditor": message("Auditor"),
}


def permits_of(roles: Iterable[Role]) -> frozenset[Permit]:
    """What the roles may do together."""
    return frozenset().union(*(PERMITS[role] for role in roles))
