"""Pinyin of names and words: one dictionary of single characters, surnames read as surnames, every likely reading.

Only the table of single characters is used (first reading = the most common one), never the phrase table: a name is
not a phrase, so phrases cost seven megabytes and most of the time and decide next to nothing. What they would decide,
the surnames and the few characters with two living readings, is in two small tables here, and all their readings are
indexed. ü is written v; `with_u` gives the other spelling.
"""

import os
import re
import unicodedata
from functools import cache, lru_cache
from itertools import islice, product

from app.domain.names import surname_length
from app.domain.text import HAN, half_width, is_han, strip_accents

Reading = tuple[str, ...]
MAX_READINGS = 8

# A surname and how it is read as one; further readings in use after a slash. The character's own first reading is
# always added, so that "cgf" finds 曾国藩 as "zgf" does.
_SURNAMES = """
曾 zeng  单 shan  單 shan  查 zha  解 xie  仇 qiu  区 ou  區 ou  朴 piao  翟 zhai/di  盖 ge/gai  蓋 ge/gai
重 chong  种 chong  秘 bi  冼 xian  洗 xian  华 hua  華 hua  过 guo  過 guo  纪 ji  紀 ji  燕 yan  繁 po  幺 yao
么 yao  覃 qin/tan  缪 miao  繆 miao  折 she  那 na/nuo  佴 nai  难 nan  粘 nian  藏 zang  扎 za  都 du  六 lu
薄 bo  贾 jia  賈 jia  的 de  哈 ha  盛 sheng  塔 ta  和 he  柏 bai/bo  牟 mou/mu  乜 nie  乐 yue/le  樂 yue/le
阚 kan  闞 kan  叶 ye  葉 ye  强 qiang  不 fou  阿 a  万 wan  萬 wan  车 che  車 che  称 cheng  沈 shen  宿 su
南 nan  卜 bu  殳 shu  寻 xun  於 yu  浣 wan  无 wu  信 xin  许 xu  俞 yu  若 ruo  贠 yun  貟 yun  员 yun  員 yun
祭 zhai  黑 he  谌 chen/shen  諶 chen/shen  隗 wei/kui  莘 shen/xin  郗 xi/chi  句 gou  召 shao  钭 tou  葛 ge
任 ren  宁 ning  甯 ning  逄 pang  瞿 qu  褚 chu  宓 mi/fu  郇 xun/huan  迮 ze  笮 ze  佘 she  厍 she  啜 chuai
訾 zi  眭 sui  庹 tuo  呙 guo  应 ying  盖 ge  晟 cheng  仉 zhang  郄 qie/xi  郤 xi  妫 gui  芈 mi  炅 gui  炔 gui
适 kuo/shi  隽 juan  圈 juan  能 nai  角 jue  朝 chao  番 pan  贲 ben  賁 ben  撖 han  占 zhan  干 gan  少 shao
石 shi  谷 gu  尉 wei  将 jiang  相 xiang  便 pian  度 du  降 jiang  哥 ge  长 zhang/chang  傅 fu  臧 zang  俟 qi
观 guan  参 shen  会 gui/hui  行 xing  落 luo  仆 pu  濮 pu  颉 xie/jie  洋 yang  尧 yao  税 shui  撒 sa  冒 mao
郏 jia  侯 hou  万俟 mo,qi  萬俟 mo,qi  尉迟 yu,chi  尉遲 yu,chi  单于 chan,yu  單于 chan,yu  长孙 zhang,sun
長孫 zhang,sun  澹台 tan,tai  澹臺 tan,tai  乐正 yue,zheng  宰父 zai,fu  子车 zi,ju/zi,che  令狐 ling,hu
夏侯 xia,hou  鲜于 xian,yu  鮮于 xian,yu  皇甫 huang,fu  呼延 hu,yan  冷狐 leng,hu  拓跋 tuo,ba  谷梁 gu,liang
夹谷 jia,gu  钮祜禄 niu,hu,lu  瓜尔佳 gua,er,jia  爱新觉罗 ai,xin,jue,luo  那拉 na,la  叶赫 ye,he
"""

# Characters with two living readings that names and goods really use: both are indexed, wherever they stand.
_TWO_WAYS = """
乐 le yue  樂 le yue  长 chang zhang  長 chang zhang  行 xing hang  朝 chao zhao  重 zhong chong  茜 qian xi
晟 sheng cheng  盛 sheng cheng  莎 sha suo  娜 na nuo  禅 chan shan  单 dan shan  藏 cang zang  传 chuan zhuan
都 dou du  率 lv shuai  参 can shen  解 jie xie  曾 ceng zeng  弹 dan tan  薄 bao bo  和 he huo  会 hui kuai
柏 bai bo  骑 qi ji  卡 ka qia  调 tiao diao  降 jiang xiang  角 jiao jue  血 xue xie  壳 ke qiao  粘 zhan nian
校 xiao jiao  奇 qi ji  贾 jia gu  琢 zhuo zuo  阿 a e  浚 jun xun  隽 jun juan  伽 jia qie  蔓 man wan  露 lu lou
卜 bu bo  咖 ka ga  茄 qie jia  剥 bo bao  削 xue xiao  爪 zhua zhao  扎 za zha  模 mo mu  便 bian pian
熟 shu shou  厦 sha xia  秘 mi bi  尉 wei yu  仔 zi zai  炅 jiong gui  车 che ju  槟 bin bing  省 sheng xing
屏 ping bing  铛 dang cheng  大 da dai  什 shen shi  系 xi ji  折 zhe she  翟 zhai di  区 qu ou  查 cha zha
石 shi dan  恽 yun  沓 ta da  朴 pu piao  适 shi kuo  嚼 jiao jue  盖 gai ge  夏 xia
"""

_ALL_HAN = re.compile(f"[{HAN}]+").fullmatch
_PIECES = re.compile(f"[{HAN}]|[^\\W_{HAN}]+")


def with_u(syllable: str) -> str:
    """The other spelling of ü: "lv" → "lu"."""
    return syllable.replace("v", "u")


@cache
def _dictionary() -> dict[int, str]:
    # The package reads its phrases, seven megabytes of JSON, in one go unless told not to: a second without a paint.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin.pinyin_dict import pinyin_dict  # heavy: only once something is saved or sorted

    return dict(pinyin_dict)


@cache
def _surnames() -> dict[str, tuple[Reading, ...]]:
    words = _SURNAMES.split()
    pairs = zip(words[::2], words[1::2], strict=True)
    return {name: tuple(tuple(way.split(",")) for way in ways.split("/")) for name, ways in pairs}


@cache
def _two_ways() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for group in re.split(r"\s{2,}|\n", _TWO_WAYS.strip()):
        char, *ways = group.split()
        table[char] = tuple(ways)
    return table


def _toneless(syllable: str) -> str:
    apart = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(c for c in apart if c.isascii())


@cache
def of_char(char: str) -> tuple[str, ...]:
    """The readings of one Han character, the most common first; the character itself when nobody knows it."""
    known = _dictionary().get(ord(char))
    first = (_toneless(known.split(",")[0]),) if known else (char,)
    return tuple(dict.fromkeys(first + _two_ways().get(char, ())))


def pieces(text: str) -> list[str]:
    """A text cut into Han characters and runs of other letters and digits, lower-case, without accents."""
    if _ALL_HAN(text):
        return list(text)
    found: list[str] = _PIECES.findall(strip_accents(half_width(text)).casefold())
    return found


@cache
def surname_readings(surname: str) -> tuple[Reading, ...]:
    """How a surname is read, as a surname first, then as plain characters."""
    as_surname = _surnames().get(surname, ())
    plain = tuple(of_char(char)[0] for char in surname)
    return tuple(dict.fromkeys((*as_surname, plain)))


def readings(cut: list[str]) -> list[Reading]:
    """Every likely reading of a name's pieces, the best first, at most eight; a foreign word counts as a syllable."""
    if not cut:
        return []
    head = surname_length("".join(cut[:4])) if is_han(cut[0][0]) else 0
    tail = [_of_piece(piece) for piece in cut[head:]]
    heads = surname_readings("".join(cut[:head])) if head else ((),)
    if sum(map(len, tail)) == len(tail):
        rest = tuple([ways[0] for ways in tail])
        return [way + rest for way in heads]
    # The head varies fastest, so that both readings of the surname are among the first eight.
    turned = islice(product(product(*reversed(tail)), heads), MAX_READINGS)
    return [(*way, *reversed(rest)) for rest, way in turned]


@lru_cache(maxsize=16_384)
def _of_piece(piece: str) -> tuple[str, ...]:
    return of_char(piece) if is_han(piece[0]) else (piece,)


def sort_key(name: str) -> str:
    """What a list of names is sorted by: syllables of the best reading with blanks between, then the name itself."""
    cut = pieces(name)
    if not cut:
        return name.casefold()
    return f"{' '.join(readings(cut)[0])}\t{name}"
