"""A study's folder: its path, settings, database and write lock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import local
from typing import TYPE_CHECKING

from quotegrid.disk import study_refusal
from quotegrid.domain.matrix.bases import HeardQuotes
from quotegrid.domain.people.areas import Areas
from quotegrid.domain.people.stakeholders import Stakeholders
from quotegrid.errors import DiskError, NoStudyError, StudyBusyError, UsageError
from quotegrid.settings_values import CONFIG_NAME

if TYPE_CHECKING:
    from quotegrid.settings import Settings
    from quotegrid.storage.engines.database import Database, Session
    from quotegrid.suggestions.encoder import Encoder
    from quotegrid.workflows.study.backups import Backup, StudyFiles


class StudyFolder:
    """An open study.

    Args:
        root: The folder that holds `quotegrid.toml`.
        settings: The settings in that file.
    """

    def __init__(self, root: Path, settings: Settings) -> None:
        self.root = root
        self.take_settings(settings)
        self.asks_first = False
        """Whether a codebook file that was edited by hand waits for approval."""
        self._database: Database | None = None
        self._is_prepared = False
        self._own = local()
        self._is_backed_up = False
        self.backup_trouble = ""
        """The reason why a backup could not be made; work goes on without it."""
        self._heard: tuple[tuple[int, bool, bool], HeardQuotes] | None = None

    def take_settings(self, settings: Settings) -> None:
        """Replace the settings; the database stays the one that is open."""
        self.settings = settings
        self.stakeholders = Stakeholders(settings.stakeholders)
        self.areas = Areas(settings.areas)
        self._has_followed = False

    @property
    def database_path(self) -> Path:
        """Return the database file, where the study is not on a server."""
        return self.root / self.settings.database

    @property
    def codebook_path(self) -> Path:
        """Return the codebook file."""
        return self.root / self.settings.codebook

    @property
    def files(self) -> StudyFiles:
        """Return the files that a backup holds.

        Raises:
            UsageError: If a server holds the study.
        """
        if self.settings.is_on_server:
            raise UsageError(
                "this study is on a server, which makes its own backups.",
                todo="docs/postgresql.md has the commands for them.",
            )
        from quotegrid.workflows.study.backups import StudyFiles

        return StudyFiles(
            root=self.root,
            database=self.database_path,
            codebook=self.codebook_path,
            place=self.settings.backup_place,
            by=self.settings.coder_name(),
        )

    @property
    def database(self) -> Database:
        """Return the database, created or migrated at its first use.

        Raises:
            RepairError: If it is missing or empty although the study had one.
            DiskError: If it has to be made where nothing can be written.
        """
        if not self._is_prepared:
            from quotegrid.storage.schema import HEAD, revision
            from quotegrid.workflows.study.database_file import refuse_emptied, refuse_lost, remember

            is_file = not self.settings.is_on_server
            if is_file:
                refuse_lost(self.root, self.database_path)
            database = self._connected()
            if revision(database) != HEAD:
                with self.writing("preparing the database"):
                    found = revision(database)
                    if found is None and is_file:
                        refuse_emptied(self.root, self.database_path)
                    if found != HEAD:
                        self._prepare(database)
            if is_file:
                remember(self.root, self.database_path)
            self._is_prepared = True
        if not self._has_followed:
            self._has_followed = True
            self._follow_settings(self._connected())
        return self._connected()

    def _follow_settings(self, database: Database) -> None:
        """Work out groups anew if `[stakeholders]` or `[areas]` has changed since they were worked out."""
        from quotegrid.storage.people.case_values import has_followed
        from quotegrid.workflows.study.quoted_areas import follow_joins

        with database.session() as session:
            if has_followed(session, self.stakeholders, self.areas):
                return
        try:
            with self.writing("working out groups"), database.session(write=True) as session:
                follow_joins(session, self.stakeholders, self.areas)
        except (DiskError, StudyBusyError):
            # What only reads goes on with the groups as they are; the next command to write follows.
            return

    def _connected(self) -> Database:
        if self._database is None:
            from quotegrid.storage.engines.database import Database

            if self.settings.is_on_server:
                self._database = Database(self.settings.database)
            else:
                try:
                    self.database_path.parent.mkdir(parents=True, exist_ok=True)
                except OSError as error:
                    raise study_refusal(self.database_path, error.errno, str(error.strerror)) from error
                self._database = Database(self.database_path)
        return self._database

    def _prepare(self, database: Database) -> None:
        from quotegrid.storage.schema import migrate, revision
        from quotegrid.storage.tables import StudyRow

        if revision(database) is not None and not self.settings.is_on_server:
            self.back_up("before a migration")
        migrate(database)
        with database.session(write=True) as session:
            if session.get(StudyRow, 1) is None:
                session.add(StudyRow(id=1, name=self.settings.name))

    @contextmanager
    def writing(self, what: str) -> Iterator[None]:
        """Hold the study's write lock; nested calls do not wait.

        Raises:
            StudyBusyError: If somebody else holds it.
            DiskError: If the study's folder cannot be written to.
        """
        # Workers of the workbench write beside it: each thread is a writer of its own.
        if getattr(self._own, "is_writing", False):
            yield
            return
        with self._connected().writing(self.settings.coder_name(), what):
            self._own.is_writing = True
            try:
                if self._is_prepared:
                    self.back_up_for_today()
                yield
            finally:
                self._own.is_writing = False

    @contextmanager
    def reading_session(self) -> Iterator[Session]:
        """Open a transaction that changes nothing."""
        with self.database.session() as session:
            yield session

    @contextmanager
    def writing_session(self, what: str) -> Iterator[Session]:
        """Open a transaction that makes all its changes or none."""
        database = self.database
        with self.writing(what), database.session(write=True) as session:
            yield session

    def back_up(self, why: str) -> Backup:
        """Make a backup, in the second place too where there is one.

        Args:
            why: The reason, as a phrase.

        Raises:
            UsageError: If a server holds the study.
            RepairError: If the database is damaged.
            DiskError: If the backup cannot be written.
        """
        from quotegrid.workflows.study import backups

        made = backups.back_up(self.files, why)
        try:
            backups.back_up_elsewhere(self.files, made)
        except DiskError as error:
            self.backup_trouble = str(error)
        return made

    def back_up_as_it_is(self, why: str) -> Path | None:
        """Keep the files of the study byte by byte, damaged or not; None where a server holds it.

        Args:
            why: The reason, as a phrase.

        Raises:
            DiskError: If they cannot be copied.
        """
        from quotegrid.workflows.study.backups import keep_as_it_is

        return None if self.settings.is_on_server else keep_as_it_is(self.files, why)

    def back_up_before(self, what: str) -> None:
        """Make a backup before a deed that changes much, unless one was made a few minutes ago.

        Args:
            what: The deed: "merging codes".

        Raises:
            RepairError: If the database is damaged; the deed is not to be done then.
        """
        from quotegrid.workflows.study.backups import is_recent

        if self._makes_backups() and not is_recent(self.files, datetime.now(UTC)):
            self._tried(f"before {what}")

    def back_up_for_today(self) -> None:
        """Make a backup of what earlier days left, unless there is one of today.

        Raises:
            RepairError: If the database is damaged; it is not to be written to then.
        """
        from quotegrid.storage.study import begun_at
        from quotegrid.workflows.study.backups import is_due

        if self._is_backed_up or not self._makes_backups():
            return
        self._is_backed_up = True
        with self._connected().session() as session:
            begun = begun_at(session)
        if is_due(self.files, begun, datetime.now().astimezone()):
            self._tried("before the first change of the day")

    def _makes_backups(self) -> bool:
        return not self.settings.is_on_server and self.settings.backups == "each day"

    def _tried(self, why: str) -> None:
        # A disk with room for one more decision and none for a copy of all must not stop the work.
        try:
            self.back_up(why)
        except DiskError as error:
            self.backup_trouble = f"No backup could be made: {error}"

    def encoder(self) -> Encoder:
        """Return the encoder that the settings name."""
        from quotegrid.suggestions.encoder import encoder_for

        settings = self.settings
        return encoder_for(settings.model, self.root, precision=settings.precision, prompt=settings.prompt)

    def heard(self, *, with_words: bool = False, with_suggestions: bool = False) -> HeardQuotes:
        """Return all quotes in the form that is counted; read again only when something has changed.

        Args:
            with_words: Whether to count their words.
            with_suggestions: Whether to include undecided suggestions.
        """
        from quotegrid.storage.matrix.bases import load_heard

        key = (self.database.version(), with_words, with_suggestions)
        known = self._heard
        if known is None or known[0] != key:
            with self.reading_session() as session:
                known = key, load_heard(session, with_words=with_words, with_suggestions=with_suggestions)
            self._heard = known
        return known[1]

    def close(self) -> None:
        """Close the database."""
        self._heard = None
        if self._database is not None:
            self._database.close()
            self._database = None
            self._is_prepared = False


def open_study(where: Path) -> StudyFolder:
    """Open the study in a folder or in the nearest folder above it.

    Raises:
        NoStudyError: If there is none.
        ConfigError: If its `quotegrid.toml` cannot be used.
    """
    start = where.resolve()
    for folder in (start, *start.parents):
        if (folder / CONFIG_NAME).is_file():
            from quotegrid.settings_reading import load_settings

            return StudyFolder(folder, load_settings(folder / CONFIG_NAME))
    raise NoStudyError(
        f"there is no study in {start} or above it.",
        todo='Make one with "quotegrid init", or go to its folder.',
    )
