"""The words by which ledgers write the schema's closed values: the first is shown in templates, all are read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from govnet_graph.questions.terms import TERMS, short
from govnet_graph.schema import SCHEMA, Text

Words = Mapping[str, tuple[str, ...]]

LEVELS: Words = {
    "district": ("区县", "区", "县", "市辖区", "县级市", "旗"),
    "street": ("街道", "街道办事处", "街道办"),
    "town": ("镇", "乡", "乡镇", "苏木"),
    "community": ("社区", "居委会", "居民委员会", "社区居委会"),
    "village": ("村", "村委会", "村民委员会", "嘎查", "行政村"),
    "grid": ("网格", "基础网格", "单元网格"),
}

_GROUPS: Words = {
    "everyone": ("全体居民", "全体", "所有人", "居民", "不限", "公众"),
    "elders": ("老年人", "老人", "一老", "高龄老人"),
    "children": ("儿童", "未成年人", "一小", "少年儿童", "青少年"),
    "disabled": ("残疾人", "一残", "残障人士"),
    "families": ("家庭", "困难家庭", "亲子家庭"),
}

_PROFESSIONS: Words = {
    "heating": ("供热", "供热工作人员", "供暖", "热力", "供热员", "供热公司"),
    "telecom": ("通信", "通讯", "电信", "通信运营商", "通信工作人员", "移动", "联通"),
    "police": ("民警", "警察", "公安", "公安民警", "社区民警", "辅警", "派出所民警", "片警"),
    "mediator": ("调解员", "人民调解员", "调解"),
    "judge": ("法官", "法院法官", "审判员"),
}

WORDS: Mapping[tuple[str, str], Words] = {
    ("Street", "kind"): {"street": LEVELS["street"], "town": LEVELS["town"]},
    ("Community", "kind"): {"community": LEVELS["community"], "village": LEVELS["village"]},
    ("Organization", "kind"): {
        "party-committee": ("党委", "区委", "党工委"),
        "street-working-committee": ("街道党工委", "街道工委", "镇党委", "乡镇党委"),
        "community-party-organization": ("社区党组织", "社区党委", "社区党总支", "村党组织", "村党支部"),
        "grid-party-branch": ("网格党支部", "网格党组织"),
        "building-party-group": ("楼栋党小组", "楼院党小组", "党小组"),
        "member-household": ("党员中心户", "中心户", "党员联系户"),
        "coordination-body": ("协调机制", "领导小组", "协调机构"),
        "task-force": ("工作专班", "专班", "工作组"),
        "joint-working-committee": ("街道大工委", "大工委"),
        "joint-party-committee": ("社区大党委", "大党委"),
        "social-organization": ("社会组织", "社会团体"),
        "property-firm": ("物业企业", "物业公司", "物业"),
        "volunteer-team": ("志愿服务队", "志愿队伍", "志愿者队伍"),
        "workshop": ("工作室", "调解室"),
        "government": ("政府部门", "政府机构", "人民政府"),
    },
    ("Unit", "kind"): {
        "agency": ("机关", "党政机关", "机关单位", "行政机关", "区直机关", "政府机关"),
        "court": ("法院", "人民法院"),
        "bank": ("银行", "金融机构"),
        "station": ("站所", "所站", "派驻站所"),
        "enterprise": ("企业", "国有企业", "国企", "民营企业", "公司"),
        "utility": ("公用事业单位", "供热企业", "供水企业", "供电企业", "公用企业"),
        "telecom": ("通信企业", "通信运营商", "电信企业"),
        "public-institution": ("事业单位", "学校", "医院"),
        "police": ("公安机关", "公安", "派出所"),
    },
    ("Member", "kind"): {
        "party-member": ("党员", "中共党员", "在职党员", "普通党员"),
        "secretary": ("书记", "党组织书记", "支部书记", "党支部书记"),
        "full-time-grid-worker": ("专职网格员", "网格员", "专职"),
        "professional-grid-worker": ("专业网格员", "兼职网格员", "行业网格员"),
        "reserve-cadre": ("后备干部", "储备干部", "后备人才", "后备力量"),
        "mediator": ("调解员", "人民调解员"),
        "volunteer": ("志愿者", "志愿服务者"),
    },
    ("Member", "profession"): _PROFESSIONS,
    ("ASSIGNED_TO", "profession"): _PROFESSIONS,
    ("ASSIGNED_TO", "role"): {
        "full-time": ("专职", "专职网格员", "网格员", "网格长"),
        "professional": ("专业", "专业网格员", "兼职", "兼职网格员"),
        "mediator": ("调解员", "人民调解员"),
        "volunteer": ("志愿者", "志愿服务者"),
    },
    ("MEMBER_OF", "role"): {
        "member": ("成员", "党员", "委员"),
        "secretary": ("书记", "党支部书记"),
        "leader": ("负责人", "组长", "队长", "主任", "领导"),
        "staff": ("工作人员", "职工", "干部", "员工"),
        "reserve": ("后备干部", "储备干部", "后备"),
        "volunteer": ("志愿者",),
    },
    ("Resource", "kind"): {
        "centre": ("中心", "党群服务中心", "服务中心"),
        "station": ("驿站", "站点", "服务站", "党群服务站"),
        "service-point": ("服务点", "便民服务点"),
        "canteen": ("食堂", "社区食堂", "老年食堂", "长者食堂", "助餐点"),
        "forum": ("议事厅", "议事会", "议事场所", "议事点"),
        "park": ("公园", "广场"),
        "hall": ("活动室", "礼堂", "会议室", "文化馆", "展馆"),
        "parking": ("停车场", "停车位", "车位"),
        "classroom": ("教室", "课堂", "学堂"),
        "shelter": ("避难场所", "避难所", "避风港"),
        "documentary": ("宣传片", "专题片", "纪录片"),
        "workshop": ("工作室", "调解室"),
        "base": ("基地", "教育基地", "实践基地"),
    },
    ("Resource", "capacity_unit"): {
        "people": ("人", "人次", "名"),
        "places": ("个", "位", "车位", "处"),
        "grids": ("网格",),
        "seats": ("座", "座位", "席"),
    },
    ("Resource", "capacity_bound"): {"exact": ("确数", "准确"), "lower": ("下限", "以上", "至少")},
    ("Service", "group"): _GROUPS,
    ("SERVES", "group"): _GROUPS,
    ("Need", "state"): {
        "open": ("未解决", "待解决", "未满足", "待办", "办理中", "未完成"),
        "met": ("已解决", "已满足", "已办结", "已完成", "已对接"),
        "withdrawn": ("已撤回", "撤回", "取消", "已取消"),
    },
    ("Case", "kind"): {
        "hazard": ("安全隐患", "隐患"),
        "neighbour-dispute": ("邻里纠纷", "邻里矛盾"),
        "road": ("道路", "道路破损", "道路问题"),
        "wall": ("墙体", "围墙", "墙体问题"),
        "utilities": ("水电气暖", "公用设施", "供水供热"),
        "environment": ("环境卫生", "环境", "环境问题"),
        "dispute": ("矛盾纠纷", "纠纷", "矛盾"),
        "service-request": ("服务需求", "服务诉求", "求助", "诉求"),
        "unsorted": ("待分类", "未分类", "其他"),
    },
    ("Case", "state"): {
        "raised": ("已上报", "上报", "待派单", "待办", "新建"),
        "whistled": ("已吹哨", "吹哨"),
        "dispatched": ("已派单", "已派发", "派单"),
        "accepted": ("已接单", "已受理", "办理中", "处理中"),
        "refused": ("已拒绝", "退单", "已退回", "不予受理"),
        "solved": ("已解决", "已处理", "已化解"),
        "closed": ("已办结", "办结", "已关闭", "已完成"),
    },
    ("Case", "channel"): {
        "full-time-worker": ("网格员上报", "专职网格员", "网格员", "网格员巡查"),
        "demonstration": ("示范点", "示范网格"),
        "forum": ("议事会", "议事平台", "民主协商"),
        "volunteer-team": ("志愿服务队", "志愿队伍", "志愿者"),
        "resident": ("居民", "居民反映", "群众反映", "群众点单", "热线", "12345"),
    },
    ("DISPATCHED_TO", "outcome"): {
        "solved": ("已解决", "已办结", "解决"),
        "refused": ("已拒绝", "拒绝", "退单"),
        "recalled": ("已收回", "收回"),
        "open": ("办理中", "未办结", "处理中"),
    },
    ("Activity", "kind"): {
        "theme-day": ("主题党日", "主题日", "主题活动"),
        "deliberation": ("民主协商", "议事协商", "协商议事", "议事会"),
        "joint-meeting": ("联席会议", "联席会"),
        "training": ("培训", "业务培训"),
        "visit": ("走访", "慰问", "走访慰问", "入户走访"),
        "contest": ("比赛", "竞赛", "比武"),
        "award": ("表彰", "评选", "评优"),
        "tour": ("参观", "观摩", "参观学习"),
        "care": ("关爱", "关爱活动", "关怀"),
        "outreach": ("宣传", "义诊", "便民服务", "宣讲"),
    },
}

YES = ("是", "有", "√", "✓", "✔", "☑", "y", "yes", "true", "1", "对", "已", "在", "示范点", "示范")
NO = ("否", "无", "×", "✗", "✘", "x", "n", "no", "false", "0", "不", "未", "没有", "非", "不是")
PARTY = {
    **dict.fromkeys(("党员", "中共党员", "正式党员", "预备党员", "中共预备党员", "共产党员"), True),
    **dict.fromkeys(("群众", "共青团员", "团员", "民主党派", "无党派", "无党派人士", "非党员"), False),
}
OPEN_END = (
    "至今",
    "长期",
    "长期有效",
    "现在",
    "目前",
    "在任",
    "在职",
    "持续",
    "无固定期限",
    "未结束",
    "present",
    "now",
    "ongoing",
)
NOTHING = (
    "/",
    "—",
    "-",
    "--",
    "――",
    "——",
    "\\",
    "无",
    "空",
    "暂无",
    "n/a",
    "na",
    "null",
    "none",
    "不详",
    "未知",
    "待补充",
    "不适用",
)
DITTO = ("同上", "〃", "″", "''", '"', "”", "“", "同上行", "ditto", "同前")
TOTAL = ("合计", "小计", "总计", "共计", "总数", "累计", "total", "subtotal", "grand total")
NOTE = (
    "注:",
    "注释",
    "备注:",
    "说明:",
    "填表说明",
    "填报说明",
    "填表人",
    "填报人",
    "制表人",
    "制表:",
    "审核人",
    "审核:",
    "审批人",
    "负责人签字",
    "负责人:",
    "联系人:",
    "联系电话:",
    "填表日期",
    "填报日期",
    "填表时间",
    "填报单位",
    "单位(盖章)",
    "单位盖章",
    "(盖章)",
    "note:",
    "notes:",
)
SERIAL = ("序号", "序", "编次", "行号", "no.", "no", "#", "s/n", "serial")


@cache
def terms() -> Mapping[str, Text]:
    """What each code in answers is called, as far as it is called the same wherever it stands."""
    named: dict[str, set[str]] = {}
    for found in WORDS.values():
        for value, said in found.items():
            named.setdefault(value, set()).add(said[0])
    alike = {value: Text(min(names), value.replace("-", " ")) for value, names in named.items() if len(names) == 1}
    labels = {label: Text(short(node.text).zh, label) for label, node in SCHEMA.nodes.items()}
    return labels | alike | dict(TERMS)
