"""What the codes in answers are called, for people; programs get the codes themselves.

The closed values of ledgers have their names in ``ledgers.words``; these are the others: what questions judge, and what
only the store writes. A code that means several things is called by none of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from govnet_graph.schema import Text

_ZH: Mapping[str, Mapping[str, str]] = {
    "judgements": {
        "covered": "已覆盖", "uncovered": "未覆盖", "unknown": "未知", "idle": "闲置",
        "supported": "相符", "contradicted": "不符", "untestable": "无法检验",
        "equal": "数值相等", "at-least-as-many": "达到下限", "more-counted": "统计值更多", "fewer-counted": "统计值更少",
        "ledger-missing": "缺完整台账", "no-metric": "没有可统计的指标", "suppressed": "不公开",
        "late": "超期", "lapsed": "已过期", "never": "从未有过", "not-begun": "尚未开始",
        "matchable": "可以对接", "need-without-resource": "有需求无资源", "resource-without-need": "有资源无需求",
        "capacity-unused": "容量未用", "provides-no-service": "未提供服务", "serves-no-area": "未服务任何区域",
    },
    "faults": {
        "ends-before-it-begins": "终止不晚于起始", "outlives-its-ends": "两端已失效而关系仍有效", "overlaps": "期间重叠",
        "source-missing": "无来源", "area-without-parent": "无上级区域", "part-of-itself": "逐级向上又回到自己",
        "name-repeated": "同名", "case-without-area": "问题无区域", "need-without-area": "需求无区域",
        "community-without-organization": "社区无党组织", "grid-without-branch": "网格无党支部",
        "street-without-committee": "街道无党工委", "level-skipped": "越级隶属", "superior-ended": "上级已撤销",
        "superior-missing": "无上级组织",
    },
    "ways": {
        "assigned": "派驻", "assignment": "派驻", "paired": "结对", "pairing": "结对", "offer": "提供资源", "offers": "提供资源",
        "seat": "兼职席位", "seated": "兼职席位", "responsibility": "负责", "organization": "组织", "resource": "资源", "worker": "网格员",
        "service": "服务",
    },
    "events": {
        "began": "开始", "ended": "结束", "due": "到期", "created": "新增", "corrected": "更正", "loaded": "载入", "restored": "恢复",
        "create": "新增", "change": "变更", "end": "终止", "supersede": "更正", "confirm": "确认", "withdraw": "撤回",
        "load": "载入", "import": "导入", "edit": "编辑", "proposal": "方案", "repair": "补缺口",
        "approved": "已批准", "applied": "已执行", "discarded": "已放弃", "undone": "已撤销",
        "planned": "计划中", "running": "进行中", "done": "已完成",
    },
    "cases": {
        "raise": "提出", "sort": "分类", "whistle": "吹哨", "dispatch": "派单", "accept": "接单", "refuse": "拒绝", "recall": "收回",
        "report": "报告进展", "escalate": "上提", "reopen": "重新打开",
        "raiser": "提出者", "dispatcher": "派单者", "holder": "承办方",
        "disputes": "矛盾纠纷", "infrastructure": "基础设施", "safety": "安全",
    },
    "ledgers": {
        "areas": "区域", "party-chain": "五级组织链", "pairings": "结对", "units": "单位", "members": "成员", "workers": "网格员",
        "reserves": "后备力量", "resources": "资源", "services": "服务", "cases": "问题", "activities": "活动", "needs": "需求",
        "organizations": "组织", "percent": "百分比", "lists": "清单", "levels": "层级", "works": "作品", "rooms": "房间",
        "households": "户",
    },
    "places": {
        "reach": "本级及上级", "within": "之内", "all": "全部", "own": "自身", "stated": "所述", "relationship": "关系",
        "node": "节点", "month": "月", "quarter": "季度", "year": "年", "prefix": "开头", "residential": "住宅", "commercial": "商业",
        "article": "文章", "list": "名单", "ledger": "台账", "generator": "生成", "standard": "标准", "plan": "方案",
        "resource-release": "资源开放", "publicity": "宣传", "strategy": "总体部署",
    },
    "roles": {
        "part-time-committee-member": "兼职委员", "joint-working-committee-member": "大工委委员",
        "joint-party-committee-member": "大党委委员",
    },
}  # fmt: skip

#: Code: its name. In English the code itself, without hyphens.
TERMS: Mapping[str, Text] = {
    code: Text(zh, code.replace("-", " ")) for named in _ZH.values() for code, zh in named.items()
}

#: Unit of a column: what it is in Chinese.
UNITS: Mapping[str, str] = {
    "activities": "次", "areas": "个区域", "bodies": "个组织", "cases": "件", "days": "天", "dispatches": "次", "disputes": "起",
    "grids": "个网格", "hops": "步", "households": "户", "judgements": "项", "links": "条", "needs": "项", "pairings": "对",
    "pairings per person": "对/人", "people": "人", "percent": "%", "providers": "个提供方", "records": "条记录",
    "requirements": "项要求", "share of services": "占服务的比例", "steps": "步", "times": "次", "visits": "人次", "working days": "个工作日",
}  # fmt: skip

_REMARK = re.compile("[(\uff08,\uff0c:\uff1a]")


def short(text: Text) -> Text:
    """A term without the remark in brackets or after a comma, which helps in a dictionary and not in a list."""
    return Text(_REMARK.split(text.zh)[0].strip(), _REMARK.split(text.en)[0].strip())
