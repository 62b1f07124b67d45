"""A file is replaced whole or stays as it was."""

import os
import stat
from pathlib import Path

import pytest

from abstool.atomic import Draft, remove_stale


def test_a_committed_draft_replaces_the_file_and_leaves_nothing_else(tmp_path):
    file = tmp_path / "file"
    file.write_text("old", "utf-8")
    with Draft(file) as draft:
        draft.stream.write(b"new")
        assert file.read_text("utf-8") == "old"
        draft.commit()
    assert file.read_text("utf-8") == "new"
    assert list(tmp_path.iterdir()) == [file]


def test_a_draft_that_is_not_committed_leaves_the_folder_as_it_was(tmp_path):
    file = tmp_path / "file"

    def interrupted():
        with Draft(file) as draft:
            draft.stream.write(b"half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert list(tmp_path.iterdir()) == []


def test_a_draft_never_opens_what_is_there_already(tmp_path, monkeypatch):
    victim, file = tmp_path / "victim", tmp_path / "file"
    victim.write_text("precious", "utf-8")
    monkeypatch.setattr(os, "urandom", bytes)
    with Draft(file):
        (draft,) = set(tmp_path.iterdir()) - {victim}
    draft.symlink_to(victim)
    with pytest.raises(FileExistsError):
        Draft(file)
    assert victim.read_text("utf-8") == "precious"
    assert draft.is_symlink()


def test_the_names_of_two_drafts_differ(tmp_path):
    with Draft(tmp_path / "file"), Draft(tmp_path / "file"):
        assert len(list(tmp_path.iterdir())) == 2


def test_a_draft_is_never_readable_by_more_people_than_the_file(tmp_path):
    file = tmp_path / "file"
    file.touch(0o600)
    with Draft(file) as draft:
        assert stat.S_IMODE(os.fstat(draft.stream.fileno()).st_mode) == 0o600
        draft.commit()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_stale_drafts_are_removed_but_no_links_and_no_others(tmp_path):
    drafts = [Draft(tmp_path / name) for name in ("file", "other")]
    stale, other = (draft._draft for draft in drafts)
    for draft in drafts:
        draft.stream.close()
    link = stale.with_name(stale.name[:-21] + "0" * 16 + ".part")
    link.symlink_to(other)
    remove_stale(tmp_path / "file")
    assert set(tmp_path.iterdir()) == {other, link}


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
