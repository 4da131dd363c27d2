"""How Alembic runs our migrations: one transaction on the engine it is given."""

from alembic import context
from sqlalchemy import Engine

from xsector.store.tables import Base


def run() -> None:
    """Run the wanted migrations, all or none."""
    engine = context.config.attributes["engine"]
    if not isinstance(engine, Engine):
        raise TypeError(f"migrations need an engine, not {engine!r}")
    with engine.connect() as plain:
        connection = plain.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        with connection.begin():
            context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
            context.run_migrations()


run()
