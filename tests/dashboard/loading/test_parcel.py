"""What may be uploaded: names that stay in their folder, kinds that are read, sizes within bounds, no database."""

import io
import stat
from datetime import date
from pathlib import Path

import pytest
from werkzeug.datastructures import FileStorage

from dashboard.loading.parcel import Bounds, Parcel, ParcelError, stored


def upload(name: str, content: bytes = b"a,b\n1,2\n") -> FileStorage:
    return FileStorage(io.BytesIO(content), name)


def store(folder: Path, *uploads: FileStorage, bounds: Bounds | None = None) -> Parcel:
    return stored(uploads, folder, bounds or Bounds())


def test_files_are_stored_under_their_own_names_for_the_owner_alone(tmp_path: Path) -> None:
    parcel = store(tmp_path, upload("下岗失业人员登记-下陆区.csv"), upload("posts.XLSX", b"PK"))
    assert parcel == Parcel((("下岗失业人员登记-下陆区.csv", 8), ("posts.XLSX", 2)), None)
    assert {path.name for path in tmp_path.iterdir()} == {"下岗失业人员登记-下陆区.csv", "posts.XLSX"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}


@pytest.mark.parametrize("name", ["../posts.csv", "/etc/posts.csv", "..\\..\\posts.csv", "a/b/posts.csv", ".posts.csv"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    store(inside, upload(name), upload("visits.csv"))
    found = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert found <= {"in/posts.csv", "in/visits.csv"}


@pytest.mark.parametrize(
    "name", ["posts.exe", "posts", "posts.csv.zip", "po\0sts.csv", "po\nsts.csv", "posts|.csv", "岗" * 80 + ".csv"]
)
def test_other_kinds_and_odd_names_are_told_and_not_stored(tmp_path: Path, name: str) -> None:
    with pytest.raises(ParcelError):
        store(tmp_path, upload(name))
    assert list(tmp_path.iterdir()) == []


def test_two_files_of_one_name_are_told(tmp_path: Path) -> None:
    with pytest.raises(ParcelError, match="rename"):
        store(tmp_path, upload("posts.csv"), upload("Posts.CSV"))


def test_a_file_and_all_files_together_have_a_largest_size(tmp_path: Path) -> None:
    large = b"x" * (1 << 20)
    for bounds in (Bounds(file_mb=0), Bounds(file_mb=1, total_mb=1)):
        with pytest.raises(ParcelError, match="larger"):
            store(tmp_path, upload(f"posts-{bounds.file_mb}.csv", large), upload("visits.csv"), bounds=bounds)


def test_nothing_chosen_is_told(tmp_path: Path) -> None:
    with pytest.raises(ParcelError, match="no data file"):
        store(tmp_path, upload("delivery.toml", b"data_date = 2026-09-30"))


@pytest.mark.parametrize(
    "said", [b"data_date = 2026-06-30", b'data_date = "2026-06-30"', b"data_date = 2026-06-30 10:00:00"]
)
def test_the_data_date_of_a_delivery_is_taken(tmp_path: Path, said: bytes) -> None:
    parcel = store(tmp_path, upload("some/delivery.toml", said), upload("some/posts.csv"))
    assert parcel.data_date == date(2026, 6, 30)
    assert [path.name for path in tmp_path.iterdir()] == ["posts.csv"]


def test_a_folder_named_after_a_day_says_the_data_date(tmp_path: Path) -> None:
    assert store(tmp_path, upload("2026-03-31/posts.csv")).data_date == date(2026, 3, 31)


@pytest.mark.parametrize(
    "said", [b'url = "sqlite:///x"', b"[tables]\nposts = 'v'", b"data_date = 31", b"not toml", b"\xff"]
)
def test_a_delivery_may_name_no_database_and_must_be_readable(tmp_path: Path, said: bytes) -> None:
    with pytest.raises(ParcelError):
        store(tmp_path, upload("delivery.toml", said), upload("posts.csv"))
