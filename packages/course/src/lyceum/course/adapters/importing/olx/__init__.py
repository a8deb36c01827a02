"""Open edX course archives (OLX): chapters, sequentials, verticals and components, as XML files beside static files."""

from lyceum.course.adapters.importing.olx.course import read_olx

__all__ = ["read_olx"]
