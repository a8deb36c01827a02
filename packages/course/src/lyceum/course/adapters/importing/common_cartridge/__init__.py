"""IMS Common Cartridges 1.1 to 1.3 (`.imscc`), with what Canvas adds to them.

How a cartridge becomes a course: the organisation's top-level items are sections. Inside one, items that hold items are
lessons, and so is what follows a sub-header; items that stand directly in the section make a lesson of its name. Each
leaf is a page with what its resource holds; folders deeper down are flattened into the lesson around them. Resources
that the organisation does not name become optional pages of one more section, or the only section where there is no
organisation at all. Files become assets.
"""

from lyceum.course.adapters.importing.common_cartridge.course import is_cartridge, read_cartridge

__all__ = ["is_cartridge", "read_cartridge"]
