"""A name in old, new and rare forms of its kanji is one name; other names stay distinct (R4)."""

import re
import unicodedata

import pytest

from services.membership.domain.entry import kanji
from services.membership.domain.entry.text import comparison_key
from services.membership.domain.members.members import Person, is_probable_double, searched

SAME = """
    髙橋/高橋 槗本/橋本 山﨑/山崎 宮嵜/宮崎 渡邊/渡辺 渡邉/渡辺 渡邊/渡邉 田邉/田辺 齋藤/斎藤
    齊藤/斉藤 濵田/浜田 濱田/浜田 濱﨑/浜崎 冨田/富田 冨岡/富岡 嶋田/島田 五嶌/五島 長嶋/長島
    栁田/柳田 青栁/青柳 桒原/桑原 桒田/桑田 古舘/古館 舘野/館野 埜村/野村 中埜/中野 峯岸/峰岸
    峯田/峰田 廣田/広田 廣瀨/広瀬 廣瀬/広瀬 國分/国分 國井/国井 德永/徳永 德川/徳川 澤田/沢田
    大澤/大沢 瀧本/滝本 瀧澤/滝沢 眞鍋/真鍋 眞田/真田 惠美/恵美 𠮷田/吉田 𠮷野/吉野 靏田/鶴田
    靍見/鶴見 曻田/昇田 曾根/曽根 會田/会田 豐田/豊田 龍田/竜田 榮/栄 圓山/円山 圎山/円山
    薗田/園田 與那嶺/与那嶺 莊司/荘司 縣/県 關/関 關口/関口 舩橋/船橋 舩木/船木 桝田/枡田
    冝保/宜保 小笠原祢/小笠原禰 藏本/蔵本 兒玉/児玉 淺野/浅野 黑田/黒田 黑澤/黒沢 淸水/清水
    靑木/青木 靑栁/青柳 橫山/横山 緖方/緒方 渕上/淵上 渊上/淵上 冲田/沖田 土井/𡈽井 鄕田/郷田
    小澤/小沢 劔持/剣持 釼持/剣持 鹽谷/塩谷 櫻井/桜井 寶田/宝田 寳田/宝田 來栖/来栖 隨念/随念
    戶田/戸田 內田/内田 吳/呉 栢木/柏木 鎭西/鎮西 總田/総田 鐵本/鉄本 龜田/亀田 龜井/亀井
    穐山/秋山 龝山/秋山 步/歩 敎/教 顯/顕 晉/晋 嚴/厳 巖/巌 岩﨑/岩崎 嶽本/岳本 惣﨑/惣崎
    萬田/万田 蘆田/芦田 藪内/薮内 籔内/藪内 辻󠄀/辻 葛󠄀城/葛城 邉󠄂/辺 \ufa19谷/神谷
    \ufa1b田/福田 \ufa10本/塚本 \ufa26築/都築 \ufa22橋/諸橋 \ufa4f/祐 \ufa53/禎 增田/増田
    增井/増井 彌生/弥生 繩田/縄田 槇/槙 檜山/桧山 遙/遥 堯/尭 凜/凛 賴/頼 國廣/国広 驒/騨
"""
DIFFERENT = """
    太田/大田 土/士 未/末 斎藤/斉藤 齋藤/齊藤 太田/犬田 河合/川合 阪本/坂本 伊藤/伊東
    安部/阿部 安倍/阿部 大石/太石 木/本 日/曰 己/已 已/巳 戌/戍 干/千 十/千 人/入 刀/力 田/由
    由/申 甲/申 佐藤/左藤 裕子/祐子 弘/広 浩/宏 岳/丘 埼/崎 中川/仲川 中/仲 小野/尾野
    石田/右田 加藤/力藤 矢野/失野 北/比 上/土 王/玉 森/林 間/問 原/源 長/永 久/入 平/乎 藤/籐
    書子/昼子 着/著 作/昨 沢/択 浜/兵 浩二/浩一 萩原/荻原 柿/杮 恵/思 島/鳥 吉/古 鈴木/鈴本
    五島/後藤 一/二 橋/喬 宮/官 富/宮 辺/込 郎/朗 高/富 亜/悪 弁/井 塚/家 桑/染 秋/萩 実/美
    関/開 児/見
"""


def pairs(text: str) -> list[list[str]]:
    return [pair.split("/") for pair in text.split()]


def test_r4_the_sample_of_names_is_large() -> None:
    assert len(pairs(SAME)) >= 60
    assert len(pairs(DIFFERENT)) >= 60


@pytest.mark.parametrize(("one", "other"), pairs(SAME))
def test_r4_forms_of_one_name_are_probable_doubles_and_found(one: str, other: str) -> None:
    assert one != other
    assert comparison_key(one) == comparison_key(other)
    assert is_probable_double(person(one), person(other))
    assert comparison_key(other) in searched(person(one), "a@a.example")


@pytest.mark.parametrize(("one", "other"), pairs(DIFFERENT))
def test_r4_names_that_only_look_alike_are_different_names(one: str, other: str) -> None:
    assert comparison_key(one) != comparison_key(other)
    assert not is_probable_double(person(one), person(other))


@pytest.mark.parametrize("code", [*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)])
def test_r4_a_variation_selector_makes_no_difference(code: int) -> None:
    assert comparison_key(f"渡邊{chr(code)}") == comparison_key("渡辺")
    assert comparison_key(f"辻{chr(code)}元") == comparison_key("辻元")


def test_r4_a_compatibility_ideograph_equals_its_kanji() -> None:
    """U+F900 to U+FAFF, and U+2F800 to U+2FA1F of the Supplementary Plane."""
    for code in (*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA1E)):
        form = unicodedata.normalize("NFKC", chr(code))
        assert comparison_key(chr(code)) == comparison_key(form)


def test_a_usual_form_has_no_other_usual_form() -> None:
    forms = set(kanji._table().values())
    assert [form for form in forms if kanji.usual(form) != form] == []


def test_each_variant_is_listed_once() -> None:
    """Kanji that Unicode's normalization already replaces are not in the table."""
    lines = [
        line
        for path in (kanji._PUBLISHED, kanji._BY_HAND)
        for line in path.read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    assert [line for line in lines if not re.fullmatch(r"\S \S+", line)] == []
    variants = "".join(line[2:] for line in lines)
    assert len(variants) == len(set(variants)) > 12_000
    assert unicodedata.normalize("NFKC", variants) == variants


def person(family_name: str) -> Person:
    return Person(
        family_name=family_name,
        given_name="太郎",
        family_name_kana="",
        given_name_kana="",
        phone="09000000001",
    )
