"""Open edX course archives (OLX): chapters, sequentials, verticals and components, as XML files beside static files."""

from lyceum.course.adapters.importing.olx.course import olx_folder, read_olx

__all__ = ["olx_folder", "read_olx"]
