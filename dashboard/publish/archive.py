"""Office files are zip archives: written so that the same parts are the same bytes on any day and machine."""

import io
import zipfile
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

# The earliest day that a zip can bear; a clock would make every copy another file.
DAY: Final = (1980, 1, 1, 0, 0, 0)
_UNIX: Final = 3
_READABLE: Final = 0o644 << 16


def settled(office_file: bytes, instead: Mapping[str, bytes] = MappingProxyType({})) -> bytes:
    """The archive with its parts in their order, undated, and stored: what deflate gives depends on its build.

    `instead`: parts by name that take the place of what the library wrote.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(office_file)) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, DAY)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE
            archive.writestr(entry, instead.get(name) or parts.read(name))
    return out.getvalue()
