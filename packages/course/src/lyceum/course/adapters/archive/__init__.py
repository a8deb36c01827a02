"""Lyceum's own archive, `lyceum-course/1`: a zip of `course.json` and the assets, each under its SHA-256.

`course.json` is canonical JSON: `format`, `content_hash`, `course`, `assets` (`path`, `media_type`, `size`, `sha256`).
Entries are sorted, stored without compression and without a date, so that equal content gives equal bytes.
"""
