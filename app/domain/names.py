"""Names of people: one display name is the truth; family name, title and initials are read out of it."""

import re
from dataclasses import dataclass

from app.domain.text import HAN, is_han, one_line

_COMPOUND = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠
公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁
拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 左丘 东门 西门 南荣 第五 纳兰 完颜 淳于 单于 叶赫
爱新觉罗 富察 瓜尔佳 钮祜禄 那拉 贺兰 尔朱 歐陽 司馬 東方 獨孤 南宮 萬俟 聞人 諸葛 尉遲 赫連 澹臺 濮陽 公孫
仲孫 鍾離 長孫 鮮于 閭丘 東郭 南門 軒轅 納蘭 完顏 單于 西門 賀蘭
"""
_TITLES = """
先生 女士 小姐 太太 夫人 老师 老師 医生 醫生 大夫 经理 經理 总 總 董 总监 老板 老闆 老板娘 主任 校长 校長 教授
律师 律師 师傅 師傅 阿姨 叔叔 大叔 伯伯 大伯 大爷 大爺 大妈 大媽 奶奶 爷爷 爺爺 姐 姐姐 大姐 哥 哥哥 大哥 弟 妹
妹妹 嫂 嫂子 大嫂 姨 叔 婶 嬸 伯 妈妈 媽媽 爸爸 同学 同學 工 队长 隊長 局 处 科长 院长 院長 护士 護士 美女 帅哥
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
TITLES = tuple(sorted(_TITLES.split(), key=len, reverse=True))
_BEFORE = frozenset("小老阿")
_BETWEEN_HAN = re.compile(f"(?<=[{HAN}·]) +(?=[{HAN}·])")
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class NameParts:
    """What a name seems to be made of; any part may be empty, and joined they are not always the name."""

    family: str
    given: str
    title: str = ""


def display(name: str) -> str:
    """A name as it is shown: clean, one line; one wholly in Han is written without blanks ("王 小明" → "王小明")."""
    return _BETWEEN_HAN.sub("", one_line(name))


def surname_length(name: str) -> int:
    """How many characters at the head of a Han name are the surname: a compound one needs at least its own length."""
    for length in (4, 3, 2):
        if name[:length] in COMPOUND_SURNAMES and len(name) >= length:
            return length
    return 1 if name and is_han(name[0]) else 0


def split(name: str) -> NameParts:
    """Family and given name and title: "欧阳娜娜" → 欧阳 + 娜娜, "王姐" → 王 + 姐, "Anna Li" → Li + Anna."""
    name = display(name)
    if not name:
        return NameParts("", "")
    return _split_han(name) if all(map(_han_or_dot, name)) else _split_words(name)


def _han_or_dot(char: str) -> bool:
    return is_han(char) or char == "·"


def _split_han(name: str) -> NameParts:
    title = next((t for t in TITLES if name.endswith(t) and 0 < len(name) - len(t) <= 4), "")
    rest = name[: len(name) - len(title)]
    if title and len(title) == 1 and len(rest) > surname_length(rest):
        title, rest = "", name  # "王小妹" is a given name; only right after a surname is one character a title
    if len(rest) == 2 and rest[0] in _BEFORE and not title:
        return NameParts(rest[1], "", rest[0])
    cut = surname_length(rest)
    return NameParts(rest[:cut], rest[cut:], title)


def _split_words(name: str) -> NameParts:
    if "," in name:
        family, _, given = (part.strip() for part in name.partition(","))
        return NameParts(family, given)
    words = name.split(" ")
    return NameParts(words[-1], " ".join(words[:-1])) if len(words) > 1 else NameParts("", name)


def initials(name: str) -> str:
    """For the avatar: the first Han character, or up to two capitals of a Latin name; "" when there is no letter."""
    shown = display(name)
    first = next((char for char in shown if char.isalpha()), "")
    if not first or is_han(first):
        return first
    words: list[str] = _WORDS.findall(shown)
    return (words[0][0] + (words[-1][0] if len(words) > 1 else "")).upper()[:2]
