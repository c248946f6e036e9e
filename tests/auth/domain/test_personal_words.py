"""A password made of the member's own data is refused, one that contains some of it may pass
(ASVS-6.2.11)."""

import re
import unicodedata
from itertools import product
from random import Random
from string import ascii_letters, digits, punctuation

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.auth.domain import passwords, romaji
from services.auth.domain.guesses import LEET
from services.auth.domain.personal_words import remainder

TARO = (
    "山田 太郎",
    "ヤマダ タロウ",
    "taro.yamada@yamato-shoji.example",
    "株式会社ヤマト商事",
    "ヤマトショウジ",
    "A-1001",
)
OTHERS = (
    ("中村 ゆい", "ナカムラ ユイ", "nakamura2@minato.test", "合同会社みなと企画", "", "M-17"),
    ("Ödön O'Neil", "", "o.oneil@blue-sky.example", "BlueSky GmbH", "", "77"),
    ("陳 一", "チン イチ", "yi@chen.example", "(株)陳商店", "チンショウテン", "陳1"),
    (
        "大野 純一",
        "オオノ ジュンイチ",
        "j_ohno@ono-denki.example",
        "大野電気",
        "オオノデンキ",
        "b/2",
    ),
)
SEPARATORS = " -_.,/+&!?#・　"
DIGITS = "0123456789１９"


def refused(password: str, personal: tuple[str, ...]) -> bool:
    normal = passwords.normalize(password)
    faults = passwords.faults(normal, min_length=1, personal=personal, field="password")
    return [fault.code for fault in faults] == ["password_too_common"]


@pytest.mark.parametrize(
    "password",
    [
        "yamato-shoji-taro", "yamadatarouyamada", "YAMADA.TAROH.2026", "y4m4d4-t4r0-2026!!",
        "oratadamayoratadamay", "y.a.m.a.d.a.t.a.r.o", "ya1ma2da3ta4ro5ya6ma7da",
        "山田太郎やまだたろうﾔﾏﾀﾞﾀﾛｳ", "ヤマト商事株式会社ヤマト商事2026", "kabushikigaisha-yamato",
        "zaisekizaiseki2026", "taro@yamato-shoji.example", "tarōyamadatarōyamada",
        "ＹＡＭＡＤＡｔａｒｏｕ2026",
        "A-1001-A-1001-A-1001", "19851224taroyamada", "yamada-password-taro", "在席山田" * 4,
        "yamatoshouji-yamatosyozi", "山-田-太-郎-山-田-太-郎", "★山★田★太★郎★山★田★太★",
        "yyaammaaddaattaarroo", "yamadaaaaaaataroo", "y_a_m_a_d_a_1_9_9_0_t_2_6",
    ],
)  # fmt: skip
def test_a_password_made_of_own_data_is_refused(password: str) -> None:
    assert refused(password, TARO)


SHIMPEI = ("日地 新平", "ニッチ シンペイ", "s@x.example", "", "", "B-3")


@pytest.mark.parametrize(
    ("company", "reading"),
    [
        ("㍿大和国際情報学園", "カブシキガイシャダイワコクサイジョウホウガクエン"),
        ("学校法人大和国際情報学園", "ガッコウホウジンダイワコクサイジョウホウガクエン"),
        ("大和国際情報学園株式会社", "ダイワコクサイジョウホウガクエンカブシキガイシャ"),
        (
            "社会福祉法人大和国際情報学園",
            "シャカイフクシホウジン　ダイワコクサイジョウホウガクエン",
        ),
        ("(株)大和国際情報学園", "ﾀﾞｲﾜｺｸｻｲｼﾞｮｳﾎｳｶﾞｸｴﾝ"),
    ],
)
@pytest.mark.parametrize(
    "password",
    [
        "大和国際情報学園2026!!大和", "日地新平大和国際情報学園-2026", "daiwakokusaijouhougakuen",
        "daiwa-kokusai-johogakuen", "nicchishimpei2026", "nitchi-sinpei-1999", "nittishinpeh2026",
    ],
)  # fmt: skip
def test_a_companys_name_without_its_legal_form_is_refused_too(
    company: str, reading: str, password: str
) -> None:
    assert refused(password, (*SHIMPEI, company, reading))


@pytest.mark.parametrize(
    ("password", "name"),
    [
        ("juergenmueller2026", "Jürgen Müller"), ("Jurgen-Muller-1990", "Jürgen Müller"),
        ("JÜRGENmueller1990", "Jürgen Müller"), ("soerenoedegaard1990", "Søren Ødegård"),
        ("sorenodegard2026", "Søren Ødegård"), ("SørenØdegård2026", "Søren Ødegård"),
        ("lukasz-wojcik-1", "Łukasz Wójcik"), ("thorgeir-aesir-1", "Þorgeir Æsir"),
        ("grossmann2026gross", "Gross Großmann"), ("1t0-k3n-1t0-k3n-2026", "Ito Ken"),
    ],
)  # fmt: skip
def test_letters_that_keyboards_lack_do_not_disguise_a_name(password: str, name: str) -> None:
    assert refused(password, (name, "", "x@y.example", "", "", ""))


SHORT_NAMES = (
    TARO,
    ("A I", "イ ア", "a@b.co", "O", "オ", "1"),
    ("Ng Yu An", "", "ng.an@i.am", "An & Li", "", "ng1"),
    ("林 一", "ハヤシ ハジメ", "h@a.jp", "(株)林", "ハヤシ", "1"),
    ("李 王", "リ オウ", "li@an.example", "林", "リン", "L1"),
)


@pytest.mark.parametrize("person", SHORT_NAMES)
def test_a_password_managers_passwords_pass_for_members_with_short_names(
    person: tuple[str, ...],
) -> None:
    """A Latin letter of a name, or `@` or `4` for it, must not discount the signs and digits
    around it; otherwise one of ten such passwords would be refused."""
    random, signs = Random(16), ascii_letters + digits + punctuation
    made = ["".join(random.choices(signs, k=15)) for _ in range(300)]
    assert sum(refused(password, person) for password in made) <= 2


@pytest.mark.parametrize(
    "password",
    [
        "taro likes hiking in rain", "yamada7k2mq9xw3", "yamada!Xq7#vL9$kP2w",
        "correct horse battery staple", "yamato-shoji kqvbzmwtplxr", "山田は毎朝六時に川辺を走る",
        "taro-yamada-loves-curry-rice", "kangaroo umbrella violin", "Taro:pQ8v-Lm3Zk-w9Xt",
    ],
)  # fmt: skip
def test_a_password_that_is_strong_without_own_data_passes(password: str) -> None:
    assert not refused(password, TARO)


def test_a_short_name_is_not_recognized_inside_other_words() -> None:
    person = ("Ai Ko", "", "ai@co.jp", "", "", "")
    assert remainder("brain coast jpeg kodak", person) == "brain coast jpeg kodak"
    assert refused("ai-ko-ai-ko-co-jp-ai", person)


def words(texts: tuple[str, ...]) -> list[str]:
    """A member's personal words; readings in each of their spellings."""
    parts: set[str] = {"zaiseki", "在席"}
    for text in texts:
        found = re.split(r"[\s@._+/'()-]+|株式会社", text)
        parts |= {part for part in found if len(part) > 1}
    for part in list(parts):
        hiragana = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in part)
        if romaji.is_kana(hiragana):
            parts |= {hiragana, *("".join(one) for one in product(*romaji.spellings(hiragana)))}
    return sorted(parts)


@st.composite
def made_of_own_data(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    """Disguised personal words with separators and digits between them."""
    person = draw(st.sampled_from((TARO, *OTHERS)))
    known = words(person)
    pieces = []
    while sum(map(len, pieces)) < 15:
        word = draw(st.sampled_from([w for w in known if pieces or not w.isdigit()]))
        disguise = draw(st.sampled_from(("none", "upper", "title", "reversed", "leet", "wide")))
        pieces.append(_disguised(draw, word, disguise))
        pieces.append(draw(st.text(SEPARATORS + DIGITS, max_size=4)))
    return "".join(pieces)[:128], person


def _disguised(draw: st.DrawFn, word: str, disguise: str) -> str:
    if disguise == "leet":
        return "".join(
            draw(st.sampled_from([char, *(c for c, letters in LEET.items() if char in letters)]))
            for char in word
        )
    if disguise == "wide":
        return "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in word)
    if disguise == "reversed":
        return unicodedata.normalize("NFC", word)[::-1]
    return {"upper": word.upper(), "title": word.title()}.get(disguise, word)


@given(made_of_own_data())
@settings(max_examples=400, deadline=None)
def test_any_disguised_combination_of_own_data_is_refused(
    made: tuple[str, tuple[str, ...]],
) -> None:
    password, person = made
    assert refused(password, person), password


ALPHABET = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


@given(st.integers(0, 2**64), st.sampled_from((TARO, *OTHERS)))
@settings(max_examples=300, deadline=None)
def test_one_personal_word_does_not_spoil_a_strong_password(
    seed: int, person: tuple[str, ...]
) -> None:
    random = Random(seed)
    strong = "".join(random.choices(ALPHABET, k=14))
    at = random.randrange(15)
    password = strong[:at] + random.choice(words(person)) + strong[at:]
    assert not refused(password, person), password
