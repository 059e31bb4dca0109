"""Words that record nothing: told as data, on both sides of the line."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from zaitaku_xl.law.words import words_of
from zaitaku_xl.scopes import silence

TEXTS = tomllib.loads((Path(__file__).parent / "silence_cases.toml").read_text(encoding="utf-8"))
PREDICATES = {"連絡内容": silence.is_no_contact, "訓練内容": silence.is_no_log, "評価": silence.is_no_evaluation}


def _texts(kind: str) -> list[Any]:
    return [pytest.param(cell, text, id=f"{cell}: {text}") for cell in PREDICATES for text in TEXTS[cell][kind]]


@pytest.mark.parametrize(("cell", "text"), _texts("nothing"))
def test_it_records_nothing(cell: str, text: str) -> None:
    assert PREDICATES[cell](text)


@pytest.mark.parametrize(("cell", "text"), _texts("record"))
def test_it_is_a_record(cell: str, text: str) -> None:
    assert not PREDICATES[cell](text)


@pytest.mark.parametrize("wrapped", ["{}。", "（{}）", "　{} ", "・{}", "【{}】", "{}です", "-{}"])
def test_signs_around_a_word_change_nothing(wrapped: str) -> None:
    for word in words_of("says_nothing")["any"]:
        for says in PREDICATES.values():
            assert says(wrapped.format(word)), word


def test_every_word_of_the_lists_is_found_in_spite_of_the_quick_looks() -> None:
    for word in words_of("not_done")["denied"]:
        assert silence.is_no_log(f"体調不良のため{word}"), word
    for word in words_of("attempt")["alone"]:
        assert silence.is_no_contact(f"電話するも{word}"), word
    for word in words_of("attempt")["without"]:
        assert silence.is_no_contact(f"返信{word}"), word


def test_a_blank_cell_is_no_word() -> None:
    assert not any(says(None) for says in PREDICATES.values())


def test_a_long_text_tells_something_however_it_begins() -> None:
    for says, word, most in (
        (silence.says_nothing, "なし", 24),
        (silence.is_ditto, "同上", 24),
        (silence.has_no_content, "なし", 24),
        (silence.is_no_log, "未実施", 60),
        (silence.is_no_contact, "不在", 60),
        (silence.is_no_evaluation, "未実施", 60),
    ):
        assert says(word.ljust(most, "。")), says
        assert not says(word.ljust(most + 1, "。")), says


def test_brackets_around_a_whole_denial_change_nothing() -> None:
    assert silence.is_no_log("（体調不良のため、訓練は未実施）")
