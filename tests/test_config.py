"""Settings: where each one comes from, and which values are rejected."""

from pathlib import Path

import pytest

from abstool import config
from abstool.errors import UsageError


@pytest.fixture
def file(tmp_path, monkeypatch):
    """Return a configuration file, and clear the environment of settings."""
    for name in config.SETTINGS:
        monkeypatch.delenv(config.variable(name), raising=False)
    path = tmp_path / "abstool.toml"
    path.write_text('contact = "me@example.org"\ndelay = 2\nstyle = "bibtex"\n', "utf-8")
    monkeypatch.setenv("ABSTOOL_CONFIG", str(path))
    return path


def test_without_any_setting_the_defaults_apply(file):
    file.write_text("", "utf-8")
    found = config.load()
    assert (found.contact, found.delay, found.timeout, found.style) == ("", 1.0, 30.0, "ama")
    assert found.cache.name == "abstool"
    assert set(found.origins.values()) == {"default"}


def test_an_argument_overrides_the_environment_which_overrides_the_file(file, monkeypatch):
    assert (config.load().delay, config.load().origins["delay"]) == (2.0, f"{file}: delay")
    monkeypatch.setenv("ABSTOOL_DELAY", "3.5")
    assert (config.load().delay, config.load().origins["delay"]) == (3.5, "ABSTOOL_DELAY")
    found = config.load(delay="4")
    assert (found.delay, found.origins["delay"]) == (4.0, "argument")
    assert (found.contact, found.style) == ("me@example.org", "bibtex")


def test_an_empty_variable_sets_nothing(file, monkeypatch):
    monkeypatch.setenv("ABSTOOL_CONTACT", "")
    assert config.load().contact == "me@example.org"


def test_the_cache_folder_may_be_in_the_home_folder(file, monkeypatch):
    monkeypatch.setenv("ABSTOOL_CACHE", "~/pages")
    assert config.load().cache == Path.home() / "pages"


def test_the_default_path_of_the_file_is_the_platforms(monkeypatch, tmp_path):
    monkeypatch.delenv("ABSTOOL_CONFIG")
    assert config.config_file().name == "abstool.toml"
    assert config.config_file().parent.name == "abstool"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("delay = ", "not valid TOML"),
        ("[" * 5000, "not valid TOML"),
        ("delay = 1\ndelay = 2", "not valid TOML"),
        (
            "dealy = 1",
            "unknown setting 'dealy'; use one of: contact, delay, timeout, cache, library, style",
        ),
        (
            "delay = true",
            "delay: True is not a valid number of seconds; use a value from 0 to 3600",
        ),
        ('delay = "soon"', "delay: 'soon' is not a valid number of seconds"),
        ("delay = -1", "delay: -1 is not a valid number of seconds"),
        ('delay = "1_0"', "delay: '1_0' is not a valid number of seconds"),
        ('delay = "\u0663"', "delay: '\u0663' is not a valid number of seconds"),
        ("delay = nan", "delay: nan is not a valid number of seconds"),
        ("timeout = 0", "timeout: 0 is not a valid number of seconds"),
        ("contact = 7", "contact: 7 cannot be sent to a site"),
        ('contact = "a\\r\\nX-Evil: 1"', "cannot be sent to a site"),
        ('contact = "me (at home)"', "cannot be sent to a site"),
        ('contact = "Jürgen"', "cannot be sent to a site"),
        ("cache = 1", "cache: 1 is not a folder"),
        ('cache = "~nobody-of-this-name/x"', "unknown user; give the full path"),
        ("style = []", "style: [] is not a style name"),
    ],
)
def test_an_error_in_the_file_names_the_file_and_the_setting(file, text, problem):
    file.write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        config.load()
    assert str(caught.value).startswith(f"{file}: ")
    assert problem in str(caught.value)


def test_a_file_that_is_binary_or_missing_is_an_error(file, tmp_path, monkeypatch):
    file.write_bytes(b"\xff\xfe\0")
    with pytest.raises(UsageError, match=r"cannot be read \(not UTF-8\)"):
        config.load()
    monkeypatch.setenv("ABSTOOL_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(UsageError, match="file not found; check ABSTOOL_CONFIG"):
        config.load()
    monkeypatch.setenv("ABSTOOL_CONFIG", str(tmp_path))
    with pytest.raises(UsageError, match="cannot be read"):
        config.load()


def test_an_error_names_the_argument_or_the_variable(file, monkeypatch):
    with pytest.raises(UsageError, match=r"^delay: 'x' is not a valid number") as caught:
        config.load(delay="x")
    assert caught.value.argument == "delay"
    monkeypatch.setenv("ABSTOOL_TIMEOUT", "long")
    with pytest.raises(
        UsageError, match=r"^ABSTOOL_TIMEOUT: 'long' is not a valid number"
    ) as caught:
        config.load()
    assert caught.value.argument == ""


def test_a_setting_that_turns_out_to_be_wrong_later_is_named_by_its_origin(file):
    error = config.load().error("delay", "too short", "use more")
    assert str(error) == f"{file}: delay: too short; use more"
    error = config.load(delay="1").error("delay", "too short", "use more")
    assert (str(error), error.argument) == ("delay: too short; use more", "delay")
