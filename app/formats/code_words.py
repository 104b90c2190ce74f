"""The words by which a file we write says what the shop keeps as a code, in English and Chinese, and the way back."""

from functools import cache

from app.domain.text import comparison_key

# group → code → (English, Chinese). Within a group and a language no word stands for two codes.
WORDS: dict[str, dict[str, tuple[str, str]]] = {
    "kind": {
        "customers": ("Customers", "顾客"),
        "sales": ("Sales", "买卖"),
        "products": ("Goods", "商品"),
        "interactions": ("Contacts", "往来"),
        "complaints": ("Complaints", "投诉"),
        "points": ("Points", "积分"),
        "followups": ("Follow-ups", "跟进"),
    },
    "gender": {"female": ("Female", "女"), "male": ("Male", "男")},
    "yes_no": {"yes": ("yes", "是"), "no": ("no", "否")},
    "label": {
        "mobile": ("mobile", "手机"),
        "home": ("home", "家庭"),
        "work": ("work", "单位"),
        "main": ("main", "总机"),
        "fax": ("fax", "传真"),
        "pager": ("pager", "寻呼机"),
        "school": ("school", "学校"),
        "other": ("other", "其他"),
    },
    "channel": {
        "call": ("call", "电话"),
        "visit": ("visit", "到店"),
        "wechat": ("WeChat", "微信"),
        "sms": ("SMS", "短信"),
        "email": ("e-mail", "邮件"),
        "letter": ("letter", "信件"),
    },
    "direction": {"out": ("we reached out", "我们联系"), "in": ("they came to us", "顾客联系")},
    "purpose": {"care": ("care", "关怀"), "sell": ("sell", "推销"), "complaint": ("complaint", "投诉")},
    "noticed": {"compliment": ("compliment", "表扬"), "dissatisfied": ("dissatisfied", "不满")},
    "category": {
        "product": ("goods", "商品"),
        "service": ("service", "服务"),
        "price": ("price", "价格"),
        "delivery": ("delivery", "送货"),
        "wait": ("waiting", "等待"),
        "place": ("the place", "环境"),
        "other": ("something else", "其他"),
    },
    "cause": {
        "supplier": ("Came bad from the supplier", "来货质量"),
        "storage": ("Went bad in storage", "储存不当"),
        "handling": ("A mistake at the counter", "店员操作失误"),
        "packing": ("Packing or delivery", "包装配送"),
        "explained": ("Not explained, or wrongly", "没讲清或讲错"),
        "promised": ("Promised too much", "承诺过头"),
        "manner": ("Manner of speaking", "服务态度"),
        "short_staffed": ("Too few hands", "人手不足"),
        "rule": ("A rule of the shop", "店规流程"),
        "use": ("Used differently than meant", "使用方法不当"),
    },
    "remedy": {
        "refund": ("Refund", "退款"),
        "replacement": ("Replacement", "换货"),
        "discount": ("Discount", "打折"),
        "points": ("Points", "积分"),
        "coupon": ("Coupon", "优惠券"),
        "stored": ("Stored value", "储值"),
        "apology": ("Apology", "致歉"),
        "other": ("Something else", "其他"),
    },
    "severity": {"minor": ("minor", "轻微"), "serious": ("serious", "较重"), "severe": ("severe", "严重")},
    "state": {
        "open": ("open", "待处理"),
        "waiting": ("waiting", "等对方"),
        "resolved": ("resolved", "我们认为已解决"),
        "closed": ("closed", "顾客认可"),
    },
    "points": {
        "earn": ("earned", "获得"),
        "bonus": ("bonus", "赠送"),
        "redeem": ("spent", "使用"),
        "expire": ("expired", "过期"),
        "take_back": ("taken back", "收回"),
        "give_back": ("given back", "退回"),
        "adjust": ("adjusted by hand", "手工调整"),
        "repay": ("repaid", "抵欠"),
        "correct": ("corrected", "更正"),
    },
    "followup": {
        "call": ("call", "电话"),
        "visit": ("visit", "拜访"),
        "wechat": ("WeChat", "微信"),
        "thanks": ("thanks", "感谢"),
        "reorder": ("re-order", "该补货了"),
        "birthday": ("birthday", "生日"),
        "points_expiring": ("points ending", "积分将过期"),
        "silence": ("gone quiet", "久未来店"),
        "quote": ("quote", "报价"),
        "complaint_callback": ("complaint call-back", "投诉回访"),
        "other": ("other", "其他"),
    },
    "wish": {
        "price": ("price", "价格"),
        "quality": ("quality", "质量"),
        "service": ("service", "服务"),
        "speed": ("speed", "快捷"),
        "choice": ("choice", "选择多"),
        "trust": ("trust", "信任"),
        "novelty": ("novelty", "新奇"),
        "convenience": ("convenience", "方便"),
    },
    "tier": {"potential": ("Potential", "潜在"), "ordinary": ("Ordinary", "普通"), "vip": ("VIP", "VIP")},
}


# group → code → more words that files of other programs say it by.
ALSO: dict[str, dict[str, tuple[str, ...]]] = {
    "channel": {
        "call": ("phone", "telephone", "tel", "致电", "来电", "打电话"),
        "visit": ("in person", "meeting", "walk in", "上门", "拜访", "面谈", "进店"),
        "sms": ("text", "text message"),
        "email": ("mail", "email", "电子邮件"),
        "letter": ("post", "postal mail", "寄信"),
    },
    "direction": {"in": ("in", "inbound", "incoming", "呼入"), "out": ("out", "outbound", "outgoing", "呼出")},
    "purpose": {"sell": ("sales", "selling", "销售"), "care": ("service", "服务", "回访")},
    "severity": {
        "minor": ("low", "slight", "轻", "一般", "低"),
        "serious": ("medium", "normal", "major", "中", "严肃", "中等"),
        "severe": ("high", "critical", "urgent", "重", "高", "紧急", "重大"),
    },
    "state": {
        "open": ("in progress", "new", "reopened", "处理中", "新建", "未处理", "受理中", "进行中", "重新打开"),
        "waiting": ("pending", "on hold", "等待", "等待中", "搁置"),
        "resolved": ("solved", "done", "fixed", "resolved", "已解决", "已处理", "处理完毕"),
        "closed": ("close", "complete", "completed", "finished", "已关闭", "关闭", "已结案", "结案", "已完成", "完结"),
    },
    "followup": {
        "call": ("phone", "telephone", "致电", "打电话"),
        "visit": ("meeting", "上门", "到店"),
        "thanks": ("thank you", "答谢"),
        "reorder": ("reorder", "refill", "补货"),
        "quote": ("offer", "estimate"),
    },
    "done": {
        "yes": ("done", "completed", "complete", "finished", "closed", "已完成", "完成", "已办", "办完"),
        "off": ("cancelled", "canceled", "已取消", "取消"),
        "no": ("open", "to do", "todo", "pending", "needs-action", "in-process", "未完成", "待办", "进行中"),
    },
}


def is_chinese(language: str) -> bool:
    """Whether a file in this language ("zh_CN", "en") has Chinese words."""
    return language.startswith("zh")


def word(group: str, code: str, language: str) -> str:
    """The word for a code; what is no code of ours (a word the shop chose itself) stays as it is."""
    found = WORDS[group].get(code)
    return code if found is None else found[is_chinese(language)]


def code_of(group: str, text: str) -> str:
    """The code a word stands for, in either language; a word of the shop's own stays as it is."""
    return _codes(group).get(comparison_key(text), text)


@cache
def _codes(group: str) -> dict[str, str]:
    words = (*WORDS.get(group, {}).items(), *ALSO.get(group, {}).items())
    named = {comparison_key(word): code for code, said in reversed(words) for word in said}
    return named | {code: code for code in WORDS.get(group, {})}
