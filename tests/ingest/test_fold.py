from hypothesis import given
from hypothesis import strategies as st

from ingest.fold import fold, folded_text

TEXT = st.text(alphabet="abc æøå-\u00ad\n ﬁﬀ.\t", max_size=60)


def test_ligatures_soft_hyphens_and_line_breaks_are_folded_away() -> None:
    assert folded_text("Ef\u00adfek\u00adtive ﬁn\nanser") == "Effektive fin anser"


def test_a_word_broken_at_a_line_end_is_joined() -> None:
    assert folded_text("anskaf-\nfelser over\n100 000") == "anskaffelser over 100 000"


def test_a_hyphen_before_og_stays_with_its_word() -> None:
    assert folded_text("klima-\nog energiplan") == "klima- og energiplan"


def test_a_quote_is_found_where_it_stands_on_the_page() -> None:
    page = "Innledning.\nBrukte mø-\nbler  skal\nvurderes først. Slutt."

    span = fold(page).find("møbler skal vurderes først.")

    assert span is not None
    assert page[slice(*span)] == "mø-\nbler  skal\nvurderes først."


def test_an_empty_quote_is_found_nowhere() -> None:
    assert fold("tekst").find("  ") is None


@given(TEXT)
def test_every_folded_character_leads_back_into_the_text(text: str) -> None:
    folded = fold(text)

    assert len(folded.text) == len(folded.origin)
    assert all(0 <= at < len(text) for at in folded.origin)
    assert list(folded.origin) == sorted(folded.origin)


@given(TEXT)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = folded_text(text)

    assert folded_text(once) == once
