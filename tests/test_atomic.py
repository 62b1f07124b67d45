"""A file is replaced whole or stays as it was."""

import os
import stat
from pathlib import Path

import pytest

from abstool.atomic import Draft


def test_a_committed_draft_replaces_the_file_and_leaves_nothing_else(tmp_path):
    file = tmp_path / "file"
    file.write_text("old")
    with Draft(file) as draft:
        draft.stream.write(b"new")
        assert file.read_text() == "old"
        draft.commit()
    assert file.read_text() == "new"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize("name", ["", ".file.part"])
def test_a_draft_that_is_not_committed_leaves_the_folder_as_it_was(tmp_path, name):
    file = tmp_path / "file"

    def interrupted():
        with Draft(file, name) as draft:
            draft.stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_a_named_draft_overwrites_one_that_a_killed_process_left(tmp_path):
    (tmp_path / ".file.part").write_text("what a killed process wrote")
    with Draft(tmp_path / "file", ".file.part") as draft:
        draft.stream.write(b"new")
        draft.commit()
    assert (tmp_path / "file").read_text() == "new"
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_links_and_modes_are_kept(tmp_path):
    file, link = tmp_path / "file", tmp_path / "link"
    file.touch(0o640)
    file.chmod(0o604)
    link.symlink_to("file")
    with Draft(link) as draft:
        draft.commit()
    assert link.is_symlink()
    assert stat.S_IMODE(file.stat().st_mode) == 0o604


def test_a_device_is_written_to_and_not_replaced():
    with Draft(os.devnull) as draft:
        draft.stream.write(b"new")
        draft.commit()
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)
