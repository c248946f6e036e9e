"""Kana in Latin letters, in every spelling that people use for their own names.

The tables of Cabinet Notification No. 1 of 1954 (Kunrei, and Hepburn and Nihon in its second
table), the passport's Hepburn (long vowels left out, or OH), and what keyboards take.
"""

_ROWS = """
あ a|い i|う u|え e|お o|か ka|き ki|く ku|け ke|こ ko|が ga|ぎ gi|ぐ gu|げ ge|ご go
さ sa|し shi si ci|す su|せ se|そ so|ざ za|じ ji zi|ず zu|ぜ ze|ぞ zo
た ta|ち chi ti|つ tsu tu|て te|と to|だ da|ぢ ji zi di|づ zu du dzu|で de|ど do
な na|に ni|ぬ nu|ね ne|の no|は ha|ひ hi|ふ fu hu|へ he|ほ ho|ば ba|び bi|ぶ bu|べ be|ぼ bo
ぱ pa|ぴ pi|ぷ pu|ぺ pe|ぽ po|ま ma|み mi|む mu|め me|も mo|や ya|ゆ yu|よ yo
ら ra|り ri|る ru|れ re|ろ ro|わ wa|ゐ i wi|ゑ e we|を o wo|ん n nn m|ゔ vu bu
きゃ kya|きゅ kyu|きょ kyo|ぎゃ gya|ぎゅ gyu|ぎょ gyo|しゃ sha sya|しゅ shu syu|しょ sho syo
じゃ ja zya jya|じゅ ju zyu jyu|じょ jo zyo jyo|ちゃ cha tya cya|ちゅ chu tyu cyu|ちょ cho tyo cyo
ぢゃ ja dya|ぢゅ ju dyu|ぢょ jo dyo|にゃ nya|にゅ nyu|にょ nyo|ひゃ hya|ひゅ hyu|ひょ hyo
びゃ bya|びゅ byu|びょ byo|ぴゃ pya|ぴゅ pyu|ぴょ pyo|みゃ mya|みゅ myu|みょ myo
りゃ rya|りゅ ryu|りょ ryo|しぇ she sye|じぇ je zye|ちぇ che tye|てぃ ti thi|でぃ di dhi
とぅ tu twu|どぅ du dwu|でゅ dyu dhu|ふぁ fa hwa|ふぃ fi hwi|ふぇ fe hwe|ふぉ fo hwo
うぃ wi|うぇ we|うぉ wo|ゔぁ va|ゔぃ vi|ゔぇ ve|ゔぉ vo|つぁ tsa|いぇ ye|くぁ kwa qua
ぁ a|ぃ i|ぅ u|ぇ e|ぉ o|ゃ ya|ゅ yu|ょ yo|ゎ wa|ゕ ka|ゖ ke ka ga|っ xtu
"""
_TABLE = {
    kana: tuple(spellings)
    for row in _ROWS.split("\n")
    for kana, *spellings in (entry.split() for entry in row.split("|") if entry)
}
_LONGER = {"a": "あぁー", "i": "いぃー", "u": "うぅー", "e": "えぇいー", "o": "おぉうー"}
_LONG = {
    "a": ("aa", "ah"),
    "i": ("ii",),
    "u": ("uu", "uh"),
    "e": ("ee", "ei", "eh"),
    "o": ("oo", "ou", "oh"),
}


def is_kana(text: str) -> bool:
    """Whether the text is hiragana alone (katakana is folded before), the long mark included."""
    return text != "" and all("ぁ" <= char <= "ゖ" or char == "ー" for char in text)


def spellings(kana: str) -> tuple[tuple[str, ...], ...]:
    """The Latin spellings of each mora of a text in hiragana, one after the other."""
    units: list[tuple[str, ...]] = []
    rest = kana.lstrip("ー")
    while rest:
        unit, rest = _mora(rest)
        units.append(unit)
    return tuple(units)


def _mora(kana: str) -> tuple[tuple[str, ...], str]:
    """The spellings of the first mora, with what doubles or lengthens it, and the rest."""
    doubled = kana[0] == "っ" and kana[1:2] in _TABLE
    size = 2 if kana[doubled : doubled + 2] in _TABLE else 1
    options = set(_TABLE[kana[doubled : doubled + size]])
    if doubled:
        options |= {letter + one for one in options for letter in _doubled(one)}
    vowel, rest = min(options)[-1], kana[doubled + size :]
    if rest and rest[0] in _LONGER.get(vowel, ""):
        options |= {one[:-1] + long for one in options for long in _LONG[vowel]}
        rest = rest[1:]
    return tuple(sorted(options)), rest.lstrip("ー")


def _doubled(spelling: str) -> str:
    """The letter for っ before it: the consonant once more, in Hepburn `t` before `ch`."""
    return "tc" if spelling.startswith("ch") else spelling[0]
