"""Who acts: organizations, units and members.

Terms follow W3C ORG and Popolo; where a local term has no English equal the Chinese term is the display name.
"""

from __future__ import annotations

from govnet_graph.schema.common import (
    ID,
    NAMED,
    PROVENANCE,
    RECORDED,
    SINCE,
    UNTIL,
    boolean,
    integer,
    node,
    string,
    strings,
)
from govnet_graph.schema.model import NodeType, Privacy, Text

PROFESSIONS = ("heating", "telecom", "police", "mediator", "judge")

ORGANIZATION = node(
    "Organization",
    "组织",
    "Anything organized that is not a member institution",
    string(
        "kind",
        "组织种类",
        "Kind of organization",
        "party-committee",
        "street-working-committee",
        "community-party-organization",
        "grid-party-branch",
        "building-party-group",
        "member-household",
        "coordination-body",
        "task-force",
        "joint-working-committee",
        "joint-party-committee",
        "social-organization",
        "property-firm",
        "volunteer-team",
        "workshop",
        "government",
        required=True,
    ),
    integer(
        "level",
        "五级组织链中的层级（1街道至5中心户）",
        "Level in the five-level chain, 1 (street) to 5 (household)",
        minimum=1,
    ),
    boolean("demonstration", "是否为“6+57”中的网格党组织", "Whether it is one of the six of the 6+57 matrix"),
    indexed=("kind", "level"),
)

UNIT = node(
    "Unit",
    "单位",
    "Institution that can pair, send members and offer resources",
    string(
        "kind",
        "单位种类",
        "Kind of unit",
        "agency",
        "court",
        "bank",
        "station",
        "enterprise",
        "utility",
        "telecom",
        "public-institution",
        "police",
        required=True,
    ),
    string("credit_code", "统一社会信用代码", "Unified social credit code (GB 32100-2015)"),
    boolean("district_agency", "是否为区直机关单位", "Whether it is a district-level agency"),
    integer("pairing_capacity", "最多可结对的网格数", "Largest number of grids that it can pair with"),
    integer("party_members", "党员人数", "Number of party members"),
    indexed=("kind", "credit_code"),
)

MEMBER = NodeType(
    "Member",
    Text("成员（以角色出现的人）", "Person in a role"),
    (
        ID,
        string("name", "姓名", "Name of the person", privacy=Privacy.SENSITIVE),
        string("title", "公开显示的角色名称", "Role title that anyone may see", required=True),
        strings("aliases", "其他姓名", "Other names of the person", privacy=Privacy.SENSITIVE),
        NAMED[3],
        string(
            "kind",
            "成员种类",
            "Kind of member",
            "party-member",
            "secretary",
            "full-time-grid-worker",
            "professional-grid-worker",
            "reserve-cadre",
            "mediator",
            "volunteer",
            required=True,
        ),
        string("profession", "专业网格员的职业", "Profession of a professional grid worker", *PROFESSIONS),
        boolean("party_member", "是否党员", "Whether the person is a party member", privacy=Privacy.SENSITIVE),
        strings("skills", "能提供的服务代码", "Codes of services that the person can give"),
        SINCE,
        UNTIL,
        *PROVENANCE,
        *RECORDED,
    ),
    ("kind", "profession"),
)
