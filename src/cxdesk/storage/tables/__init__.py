"""The schema of record: one SQLModel table per kind of row, plus the tables that belong to this machine alone.

Importing this module pulls in SQLAlchemy and pydantic, so nothing on the way to the first frame does; see
``docs/decisions/002-two-ways-to-sqlite.md``. A test compares these classes with ``domain.records`` and with what the
migrations build.
"""

from sqlmodel import SQLModel

from cxdesk.storage.tables import contacts, derived, incidents, journeys, machine, morning, people, together, voices

__all__ = ["DERIVED", "LOCAL", "SHARED"]

SHARED: tuple[type[SQLModel], ...] = (
    people.Customer,
    people.Identity,
    people.Purchase,
    people.Note,
    people.Preference,
    people.Tag,
    contacts.Ticket,
    contacts.Message,
    contacts.FollowUp,
    contacts.Quote,
    contacts.Agent,
    contacts.Shift,
    contacts.Feedback,
    contacts.Kindness,
    people.Consent,
    people.SpecialDay,
    people.Merge,
    people.MergeRow,
    people.Apart,
    contacts.Setting,
    voices.FeedbackAsk,
    voices.Voice,
    voices.Theme,
    voices.ThemeWhy,
    voices.Improvement,
    voices.Telling,
    incidents.Incident,
    incidents.IncidentTicket,
    incidents.IncidentWord,
    incidents.IncidentEntry,
    incidents.IncidentReach,
    incidents.IncidentPerson,
    morning.MorningChoice,
    journeys.Touchpoint,
    together.Conflict,
)
"""Tables that hold what people did; they are exported, undone and synced."""

LOCAL: tuple[type[SQLModel], ...] = (
    machine.Local,
    machine.Draft,
    machine.ChangeLog,
    machine.Outbox,
    machine.FieldClock,
    machine.FieldHistory,
    machine.ExtraField,
    machine.Attention,
    machine.Holding,
    machine.ImportRun,
    machine.ImportEdit,
    machine.AccessLog,
    machine.HardContact,
    machine.Reminder,
)
"""Tables of this machine alone."""

DERIVED: tuple[type[SQLModel], ...] = (
    derived.CustomerSummary,
    derived.CustomerWait,
    derived.Figure,
    derived.GoesWith,
    derived.Roster,
    derived.SearchKey,
    derived.Ranked,
    derived.Product,
    derived.TextRow,
)
"""Tables that can be rebuilt from the shared ones."""
