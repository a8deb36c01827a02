"""An event that a module seems to have failed at, so that there is something to replay."""

import json
from typing import Any

import psycopg

_LAST = """
    SELECT id, type, subject, time, data FROM course.outbox
    WHERE type = 'lyceum.course.enrolment.started.v1' ORDER BY position DESC LIMIT 1
"""
_BURY = """
    INSERT INTO progress.dead_letters (event_id, producer, type, subject, envelope, cause, attempts)
    VALUES (%s, 'course', %s, %s, %s, 'ConnectionError: the database was away for a minute', 5)
    ON CONFLICT (event_id) DO UPDATE SET resolved_at = NULL, died_at = now()
"""


def bury_an_event(database_url: str) -> str:
    """Make the latest enrolment a dead letter of progress, which has had its effect: replaying it does no harm.

    Returns what its page is known by: the module and the event.
    """
    with psycopg.connect(database_url) as connection:
        row = connection.execute(_LAST).fetchone()
        assert row is not None, "nobody is enrolled"
        event_id, event_type, subject, time, data = row
        envelope: dict[str, Any] = {
            "id": str(event_id),
            "source": "lyceum.course",
            "type": event_type,
            "subject": subject,
            "time": time.isoformat(),
            "data": data,
        }
        connection.execute(_BURY, (event_id, event_type, subject, json.dumps(envelope)))
    return f"progress/{event_id}"
