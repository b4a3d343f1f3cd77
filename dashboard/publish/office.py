"""Where editions are made and checked: what the command line and the desk's page both call."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

from dashboard.access.account import Account as Person
from dashboard.period import Period
from dashboard.publish.canonical import code_version
from dashboard.publish.checks import Account, Check, check
from dashboard.publish.desk import Desk, Dossier, PublicationError
from dashboard.publish.freeze import Press
from dashboard.publish.press import Difference, differences, made
from dashboard.publish.recipe import Recipe, edition_name
from dashboard.publish.shelf import Bound, EditionError, Shelf
from dashboard.ranking.reading import parse_standard
from dashboard.ranking.standards import known_metrics
from dashboard.semantics.words import Text
from dashboard.state.database import State

if TYPE_CHECKING:
    from dashboard.warehouse import Build


@dataclass(frozen=True)
class Rules:
    """A city's settings for publication (policy.toml), and the texts of its policy and its standard in force."""

    policy: str
    standard: str
    hide_counts_below: int
    best: int
    missing_reports_max: str
    held_rows_max: str
    objection_days: int
    issuer: Text
    address: str


class Sources(Protocol):
    """What editions are made from; given by who may open builds and read policies."""

    def build(self, load: int | None = None) -> "Build":
        """The build as known at a load (default: the newest); NotLoadedError."""
        ...

    def build_of(self, recipe: Recipe) -> "Build":
        """The build as known at the recipe's load, by the recipe's policy; NotLoadedError."""
        ...

    def rules(self, build: "Build", period: Period) -> Rules:
        """The settings that hold now for the build's city."""
        ...

    def account(self, load: int) -> Account:
        """What the loads up to this one brought, and what of it is held."""
        ...


class Office:
    """Drafts, checks and corrections over a home's editions, its state and its sources."""

    def __init__(self, state: State, shelf: Shelf, sources: Sources) -> None:
        self.desk = Desk(state, shelf)
        self.shelf = shelf
        self.sources = sources

    @property
    def press(self) -> Press:
        """What makes editions."""
        return Press(self.shelf, self.sources.build_of)

    def draft(
        self,
        period: Period,
        by: Person,
        *,
        level: str | None = None,
        load: int | None = None,
        issued_on: date,
        standard: str | None = None,
        number: str = "",
        corrects: str | None = None,
        note: Text | None = None,
    ) -> Dossier:
        """A draft of the period's edition, or of the correction of one; PublicationError, and errors as `frozen`."""
        build = self.sources.build(load)
        rules = self.sources.rules(build, period)
        text = rules.standard if standard is None else standard
        level = level or parse_standard(text, "standard.toml", known_metrics()).level
        earlier = self._earlier(period, level)
        same = [edition for edition in earlier if (edition.recipe.period, edition.recipe.level) == (period.name, level)]
        if same and corrects is None:
            raise PublicationError(
                f"{same[-1].name} 已经发布，只能更正", f"{same[-1].name} is out: it can only be corrected"
            )
        recipe = replace(
            _recipe(edition_name(period.name, level, len(same) + 1), build.load, rules, issued_on),
            period=period.name,
            level=level,
            standard=text,
            earlier=tuple(edition.name for edition in earlier),
            corrects=corrects,
            note=note,
            number=number,
        )
        return self._put_down(recipe, by)

    def correct(self, edition: str, note: Text, by: Person, *, issued_on: date, load: int | None = None) -> Dossier:
        """A draft that corrects a published edition, by the same standard and, by default, from the newest load."""
        before = self.shelf.edition(edition).recipe
        newest = self._earlier(before.days, before.level)
        same = [one for one in newest if (one.recipe.period, one.recipe.level) == (before.period, before.level)]
        if same[-1].name != edition:
            raise PublicationError(
                f"{edition} 已由 {same[-1].name} 更正，请更正后者",
                f"{edition} has been corrected by {same[-1].name}: correct that one",
            )
        return self.draft(
            before.days,
            by,
            level=before.level,
            load=load,
            issued_on=issued_on,
            standard=before.standard,
            number=before.number,
            corrects=edition,
            note=note,
        )

    def explain(self, edition: str, unit: str, reason: Text, by: Person) -> Dossier:
        """The draft with the editor's reason why a unit is left out."""
        recipe = self.shelf.draft(edition).recipe
        return self._put_down(replace(recipe, explained={**recipe.explained, unit: reason}), by)

    def redraft(self, edition: str, by: Person, *, issued_on: date | None = None) -> Dossier:
        """The draft made again from its load, against the editions that are out now and by the present code."""
        recipe = self.shelf.draft(edition).recipe
        issued = issued_on or recipe.issued_on
        days = recipe.objections_until - recipe.issued_on
        earlier = self._earlier(recipe.days, recipe.level)
        return self._put_down(
            replace(
                recipe,
                issued_on=issued,
                objections_until=issued + days,
                code=code_version(),
                earlier=tuple(one.name for one in earlier),
            ),
            by,
        )

    def check(self, edition: str) -> list[Check]:
        """All checks of a draft."""
        draft = self.shelf.draft(edition)
        recipe = draft.recipe
        files = {name: draft.read(name) for name in draft.manifest["files"]}
        account = self.sources.account(recipe.load)
        return check(draft.content, recipe, files, self.sources.build_of(recipe), account)

    def submit(self, edition: str, by: Person) -> Dossier:
        """Hand the draft to review; PublicationError while a check stands against it."""
        return self.desk.submit(edition, self.check(edition), by)

    def verify(self, edition: str) -> list[Difference]:
        """What of an edition, or of a draft, is not what its load gives; [] if identical."""
        try:
            bound = self.shelf.edition(edition)
        except EditionError:
            bound = self.shelf.draft(edition)
        return differences(bound, self.press)

    def _put_down(self, recipe: Recipe, by: Person) -> Dossier:
        _, files = made(recipe, self.press)
        return self.desk.draft(recipe, files, by)

    def _earlier(self, period: Period, level: str) -> list[Bound]:
        """The editions that bear on a new one: of touching days, or earlier ones of the level; oldest first."""
        return [
            edition
            for edition in self.shelf.published()
            if _touches(edition, period) or (edition.recipe.level == level and edition.recipe.days.end < period.start)
        ]


def _touches(edition: Bound, period: Period) -> bool:
    days = edition.recipe.days
    return days.start <= period.end and period.start <= days.end


def _recipe(edition: str, load: int, rules: Rules, issued_on: date) -> Recipe:
    """What the city's rules say of an edition; period, level and the rest are still to be given."""
    return Recipe(
        edition=edition,
        period="",
        level="",
        load=load,
        issued_on=issued_on,
        issuer=rules.issuer,
        address=rules.address,
        standard=rules.standard,
        policy=rules.policy,
        hide_counts_below=rules.hide_counts_below,
        best=rules.best,
        objections_until=issued_on + timedelta(days=rules.objection_days),
        missing_reports_max=rules.missing_reports_max,
        held_rows_max=rules.held_rows_max,
        code=code_version(),
    )
