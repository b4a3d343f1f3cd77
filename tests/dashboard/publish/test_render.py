"""The files of an edition as a whole: the same bytes everywhere, and nothing of the machine that made them."""

import io
import json
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from dashboard.publish.render import render
from tests.dashboard.publish.bulletins import bulletin

ROOT = Path(__file__).resolve().parents[3]
ELSEWHERE = """
import json
from hashlib import sha256
from dashboard.publish.render import render
from tests.dashboard.publish.bulletins import bulletin
print(json.dumps({name: sha256(content).hexdigest() for name, content in render(bulletin()).items()}))
"""


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return render(bulletin())


def test_an_edition_has_every_form_in_both_languages(files: dict[str, bytes]) -> None:
    assert sorted(files) == [
        "bulletin.docx",
        "bulletin.en.html",
        "bulletin.en.pdf",
        "bulletin.en.xlsx",
        "bulletin.html",
        "bulletin.pdf",
        "bulletin.xlsx",
        "paid.csv",
        "paid.en.csv",
        "ranking.csv",
        "ranking.en.csv",
    ]


def test_another_process_zone_and_hash_seed_give_the_same_bytes(files: dict[str, bytes], tmp_path: Path) -> None:
    there = {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "4", "LC_ALL": "C", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], env=there, cwd=ROOT, capture_output=True, check=True, text=True
    )
    assert json.loads(done.stdout) == {name: sha256(content).hexdigest() for name, content in files.items()}


def test_no_file_tells_a_path_of_the_machine_or_the_hour(files: dict[str, bytes]) -> None:
    told = {str(ROOT), str(Path.home())}
    for name, content in files.items():
        inside = [content]
        if zipfile.is_zipfile(io.BytesIO(content)):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}, name
                inside = [archive.read(part) for part in archive.namelist()]
        for part in inside:
            assert not [word for word in told if word.encode() in part], name


def test_a_page_offers_the_files_of_its_language_and_the_other_page(files: dict[str, bytes]) -> None:
    assert b'<a href="ranking.csv">' in files["bulletin.html"]
    assert b'<a href="bulletin.en.html">' in files["bulletin.html"]
    assert b'<a href="ranking.en.csv">' in files["bulletin.en.html"]
    assert b'<a href="bulletin.html">' in files["bulletin.en.html"]
