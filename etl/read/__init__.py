"""Files and database tables as delivered → relations of raw text with file and line.

sources, unrecognised = find_files(delivery)
for n, source in enumerate(sources):
    for landing in land(connection, source, n): ...
"""

from etl.read.files import declared_date, find_files
from etl.read.land import forget, land
from etl.read.landing import Landing, Progress, Refused, Source

__all__ = ["Landing", "Progress", "Refused", "Source", "declared_date", "find_files", "forget", "land"]
