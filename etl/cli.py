"""The command line of the whole product: names and where each command lives."""

from importlib import import_module

import click

# Commands are imported when they are used: `reemploy load` must not wait for the dashboard's libraries.
COMMANDS = {
    "demo": "etl.commands.demo:demo",
    "load": "etl.commands.load:load",
    "build": "etl.commands.build:build",
    "loads": "etl.commands.log:loads",
    "quarantine": "etl.commands.log:quarantine",
    "findings": "etl.commands.log:findings",
    "query": "etl.commands.query:query",
    "targets": "etl.commands.query:targets",
    "methods": "etl.commands.query:methods",
    "rank": "etl.commands.rank:rank",
    "standard": "etl.commands.standard:standard",
    "publish": "etl.commands.publish:publish",
    "verify": "etl.commands.verify:verify",
    "serve": "etl.commands.serve:serve",
    "user": "etl.commands.user:user",
    "audit": "etl.commands.audit:audit",
    "check": "etl.commands.check:check",
    "backup": "etl.commands.backup:backup",
    "restore": "etl.commands.backup:restore",
    "tidy": "etl.commands.tidy:tidy",
}


class LazyGroup(click.Group):
    """A group whose commands are imported only when named."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names, in the order of the manual."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command called `cmd_name`, or None."""
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, _, attribute = target.partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="reemploy")
def main() -> None:
    """Reemploy 再就业看板: deliveries in, figures out."""


if __name__ == "__main__":  # so that a process can be started without a script on its path: python -m etl.cli
    main()
