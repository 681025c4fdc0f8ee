"""Answers go into WARC files; other tools read them, and damage is noticed."""

from __future__ import annotations

import gzip
import io
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from archive.errors import CaptureUnreadable
from archive.records import Capture
from archive.warc import captures
from archive.warc.captures import Answer, CaptureFiles

ROOT = Path(__file__).resolve().parent.parent
PAGE = Answer(
    url="https://kettle.example/news/lids?page=2",
    status=200,
    reason="OK",
    headers=(
        ("Content-Type", "text/html; charset=utf-8"),
        ("Set-Cookie", "a=1"),
        ("Set-Cookie", "b=2"),
        ("Transfer-Encoding", "chunked"),
    ),
    payload=b"<h1>Lids that lift</h1>\r\n\r\n<p>WARC/1.1 is quoted here.</p>",
    fetched_at="2026-03-01T09:15:00Z",
    ip_address="127.0.0.1",
)


def answer(number: int, size: int = 200) -> Answer:
    """A page whose bytes do not compress away."""
    seed = zlib.crc32(b"%d" % number)
    noise = b"".join(b"%08x" % (seed * step % 2**32) for step in range(1, size // 8))
    return replace(PAGE, url=f"https://kettle.example/{number}", payload=noise)


def records(path: Path) -> list[tuple[str, str | None, int]]:
    """What warcio reads in a file, digests checked: type, address and offset."""
    found = []
    with path.open("rb") as file:
        reader = ArchiveIterator(file, check_digests="raise")
        for record in reader:
            record.raw_stream.read()
            url = record.rec_headers.get_header("WARC-Target-URI")
            found.append((record.rec_type, url, reader.get_record_offset()))
    return found


def kept(folder: Path, *answers: Answer) -> list[Capture]:
    """Append answers and close the files."""
    files = CaptureFiles(folder, {})
    found = [files.append(one) for one in answers]
    files.close()
    return found


def only_file(folder: Path) -> Path:
    """The one file of a folder."""
    (path,) = folder.iterdir()
    return path


def test_warcio_opens_what_is_written(tmp_path: Path) -> None:
    """warcio reads every record where its row says, and every digest is right."""
    found = kept(tmp_path, PAGE, answer(1), answer(2))
    expected = [("warcinfo", None, 0)]
    expected += [("response", one.url, one.offset) for one in found]
    assert records(only_file(tmp_path)) == expected


def test_a_record_comes_back_as_it_was_sent(tmp_path: Path) -> None:
    """Status, headers in order, payload and instant are those of the answer."""
    (capture,) = kept(tmp_path, PAGE)
    found = captures.read(tmp_path, capture)
    kept_headers = (*PAGE.headers[:3], ("Content-Length", str(len(PAGE.payload))))
    assert found == replace(PAGE, headers=kept_headers)
    assert found.header("set-cookie") == "a=1"
    assert capture.content_type == "text/html; charset=utf-8"


@given(payload=st.binary(max_size=2000), status=st.integers(200, 599))
def test_any_payload_survives(
    tmp_path_factory: pytest.TempPathFactory, payload: bytes, status: int
) -> None:
    """Whatever bytes a server sends come back the same, also none at all."""
    folder = tmp_path_factory.mktemp("captures")
    (capture,) = kept(folder, replace(PAGE, payload=payload, status=status, reason=""))
    found = captures.read(folder, capture)
    assert (found.payload, found.status, found.reason) == (payload, status, "")


LINES = st.text(st.characters(max_codepoint=0xFF), max_size=60)


@given(name=LINES, value=LINES, reason=LINES)
def test_no_header_can_write_another(
    tmp_path_factory: pytest.TempPathFactory, name: str, value: str, reason: str
) -> None:
    """Line ends in what a server sent make no header, record or status of their own."""
    folder = tmp_path_factory.mktemp("captures")
    evil = f"{value}\r\n\r\nWARC/1.1\r\nWARC-Type: response\r\nX-Evil: 1"
    hostile = replace(
        PAGE,
        headers=(("X-A", evil), (f"X-{name}\r\nX-Evil", value), ("X-Z", "last")),
        reason=f"{reason}\r\nX-Evil: 2",
        url=f"{PAGE.url}\r\nX-Evil: 3",
    )
    (capture,) = kept(folder, hostile)
    found = captures.read(folder, capture)
    names = [key.lower() for key, _ in found.headers]
    assert "x-evil" not in names and names[-2:] == ["x-z", "content-length"]
    assert found.payload == PAGE.payload
    assert len(records(only_file(folder))) == 2


@pytest.mark.parametrize("value", ["café", "naïve\xa0value", "=?utf-8?q?x?=", "\x00"])
def test_headers_beyond_ascii_survive(tmp_path: Path, value: str) -> None:
    """Header values in latin-1, as servers send them, come back the same."""
    (capture,) = kept(tmp_path, replace(PAGE, headers=(("X-Name", value),)))
    assert captures.read(tmp_path, capture).header("X-Name") == value


def test_files_rotate_by_size(tmp_path: Path) -> None:
    """A file that has reached its size is followed by one with the next number."""
    files = CaptureFiles(tmp_path, {}, rotate_bytes=2000)
    found = [files.append(answer(number, 1200)) for number in range(6)]
    files.close()
    names = sorted(path.name for path in tmp_path.iterdir())
    serials = [f"{number:05d}" for number in range(len(names))]
    assert names == [f"cuttings-20260301091500-{n}.warc.gz" for n in serials]
    assert len(names) > 1
    assert [captures.read(tmp_path, one).url for one in found] == [
        answer(number).url for number in range(6)
    ]
    assert all(records(path)[0][0] == "warcinfo" for path in tmp_path.iterdir())


def test_a_clock_set_back_does_not_reopen_full_files(tmp_path: Path) -> None:
    """The newest file is told by its number, so an earlier clock appends to it too."""
    files = CaptureFiles(tmp_path, {}, rotate_bytes=400)
    files.append(answer(1, 1200))
    earlier = replace(answer(2), fetched_at="2020-01-01T00:00:00Z")
    first = files.append(earlier).file
    files.close()
    again = CaptureFiles(tmp_path, {}, rotate_bytes=10_000)
    assert first == "cuttings-20200101000000-00001.warc.gz"
    assert again.append(earlier).file == first
    again.close()


def test_a_later_run_appends(tmp_path: Path) -> None:
    """A run goes on in the file that the last one left, without a second warcinfo."""
    kept(tmp_path, PAGE)
    (second,) = kept(tmp_path, answer(1))
    kinds = [kind for kind, _, _ in records(only_file(tmp_path))]
    assert kinds == ["warcinfo", "response", "response"]
    assert captures.read(tmp_path, second).url == answer(1).url


@pytest.mark.parametrize("lost", [1, 7, 60, 150])
def test_a_torn_end_is_cut_off(tmp_path: Path, lost: int) -> None:
    """The last record of a killed run, not whole, makes way; all before it stay."""
    first, torn = kept(tmp_path, PAGE, answer(1))
    path = only_file(tmp_path)
    with path.open("r+b") as file:
        file.truncate(torn.offset + torn.length - lost)
    (third,) = kept(tmp_path, answer(3))
    assert third.offset == torn.offset
    urls = [url for _, url, _ in records(path)]
    assert urls == [None, first.url, answer(3).url]


def test_zeros_at_the_end_are_cut_off(tmp_path: Path) -> None:
    """Blocks of zeros that a power cut leaves behind the last record are removed."""
    kept(tmp_path, PAGE)
    path = only_file(tmp_path)
    with path.open("ab") as file:
        file.write(bytes(5000))
    kept(tmp_path, answer(1))
    assert len(records(path)) == 3


def test_whole_records_without_a_row_stay(tmp_path: Path) -> None:
    """A whole record that no row points at is kept: it was really sent."""
    first, orphan = kept(tmp_path, PAGE, answer(1))
    path = only_file(tmp_path)
    files = CaptureFiles(tmp_path, {path.name: first.offset + first.length})
    third = files.append(answer(3))
    files.close()
    assert third.offset == orphan.offset + orphan.length
    assert len(records(path)) == 4


def test_a_file_that_lost_records_is_left_alone(tmp_path: Path) -> None:
    """A file shorter than its index is not appended to: old rows point into it."""
    first, second = kept(tmp_path, PAGE, answer(1))
    path = only_file(tmp_path)
    with path.open("r+b") as file:
        file.truncate(second.offset)
    files = CaptureFiles(tmp_path, {path.name: second.offset + second.length})
    third = files.append(answer(1))
    files.close()
    assert third.file != first.file
    assert captures.read(tmp_path, first).payload == PAGE.payload
    with pytest.raises(CaptureUnreadable, match="cut short"):
        captures.read(tmp_path, second)


def test_numbers_of_removed_files_are_not_used_again(tmp_path: Path) -> None:
    """Where the index knows a file that is gone, a new one gets another name."""
    files = CaptureFiles(tmp_path, {"cuttings-20260301091500-00004.warc.gz": 900})
    assert files.append(PAGE).file == "cuttings-20260301091500-00005.warc.gz"
    files.close()


def test_foreign_files_are_untouched(tmp_path: Path) -> None:
    """Files of other names in the folder are neither appended to nor cut."""
    foreign = {"cuttings-zzz.warc.gz": b"torn", "notes.txt": b"ours", "z.warc.gz": b""}
    for name, content in foreign.items():
        (tmp_path / name).write_bytes(content)
    files = CaptureFiles(tmp_path, {})
    files.append(PAGE)
    files.close()
    assert {name: (tmp_path / name).read_bytes() for name in foreign} == foreign


def test_every_flipped_byte_is_noticed(tmp_path: Path) -> None:
    """No byte of a record can change without an error, or it changes nothing."""
    (capture,) = kept(tmp_path, PAGE)
    path = only_file(tmp_path)
    whole, good = path.read_bytes(), captures.read(tmp_path, capture)
    noticed = 0
    for place in range(capture.offset, capture.offset + capture.length):
        flipped = bytearray(whole)
        flipped[place] ^= 0xFF
        path.write_bytes(flipped)
        try:
            assert captures.read(tmp_path, capture) == good
        except CaptureUnreadable as error:
            assert capture.file in str(error)
            noticed += 1
    assert noticed >= capture.length - 6  # gzip's time, level and system mean nothing


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    """A capture whose file is gone is unreadable, with its place in the message."""
    (capture,) = kept(tmp_path, PAGE)
    only_file(tmp_path).unlink()
    with pytest.raises(CaptureUnreadable, match=f"byte {capture.offset} of cuttings-"):
        captures.read(tmp_path, capture)


def test_another_record_is_not_taken_for_it(tmp_path: Path) -> None:
    """A row that points at another whole record, or at none, is noticed."""
    first, second = kept(tmp_path, PAGE, answer(1))
    wrong = replace(first, offset=second.offset, length=second.length)
    info = replace(first, offset=0, length=first.offset)
    both = replace(first, length=first.length + second.length)
    for capture in (wrong, info, both, replace(first, offset=10**6)):
        with pytest.raises(CaptureUnreadable):
            captures.read(tmp_path, capture)


def test_rollback_forgets_what_was_not_synced(tmp_path: Path) -> None:
    """After a rollback the file ends where the last sync left it, and goes on there."""
    files = CaptureFiles(tmp_path, {})
    first = files.append(PAGE)
    files.sync()
    dropped = files.append(answer(1))
    files.rollback()
    third = files.append(answer(2))
    files.close()
    assert third.offset == dropped.offset
    assert [url for _, url, _ in records(only_file(tmp_path))] == [
        None,
        first.url,
        third.url,
    ]


def test_rollback_of_a_new_file_leaves_a_readable_one(tmp_path: Path) -> None:
    """A file rolled back to nothing gets its warcinfo record again."""
    files = CaptureFiles(tmp_path, {})
    files.rollback()
    files.append(PAGE)
    files.rollback()
    assert only_file(tmp_path).stat().st_size == 0
    files.append(answer(1))
    files.close()
    assert [kind for kind, _, _ in records(only_file(tmp_path))] == [
        "warcinfo",
        "response",
    ]


FULL_DISK = """
import resource, signal, sys
from pathlib import Path
sys.path[:0] = [sys.argv[1], sys.argv[2]]
from archive.warc.captures import CaptureFiles
from test_captures import answer
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))
files = CaptureFiles(Path(sys.argv[3]), {})
kept = 0
try:
    for number in range(100):
        files.append(answer(number, 2000))
        files.sync()
        kept += 1
except OSError:
    files.rollback()
print(kept)
files.append(answer(1, 8))
files.close()
"""


def test_a_full_disk_rolls_back_to_whole_records(tmp_path: Path) -> None:
    """Where the disk refuses a record, all synced before it stay and nothing torn."""
    arguments = [str(ROOT), str(ROOT / "tests"), str(tmp_path)]
    run = subprocess.run(
        [sys.executable, "-c", FULL_DISK, *arguments],
        capture_output=True,
        text=True,
        check=True,
    )
    count = int(run.stdout)
    assert 2 < count < 10
    assert len(records(only_file(tmp_path))) == 1 + count + 1


def test_one_gzip_member_a_record(tmp_path: Path) -> None:
    """A record alone, cut out by its row, is a whole gzip file of its own."""
    (capture,) = kept(tmp_path, PAGE)
    whole = only_file(tmp_path).read_bytes()
    member = whole[capture.offset : capture.offset + capture.length]
    plain = gzip.GzipFile(fileobj=io.BytesIO(member)).read()
    assert plain.startswith(b"WARC/1.1\r\n") and PAGE.payload in plain
