"""Ledgers of people: members, grid workers, reserve cadres."""

from __future__ import annotations

from govnet_graph.ledgers.kinds.build import (
    AREA_COLUMNS,
    AREA_NODES,
    ORGANIZATION_NODE,
    PERSON_MARKS,
    UNIT_NODE,
    col,
    kind,
)
from govnet_graph.ledgers.terms import Form, RowEdge, RowNode

WORKERS = kind(
    "workers",
    "网格员台账",
    "Grid workers",
    "网格员台账 网格员名册 网格员花名册 专业网格员 专职网格员 网格员信息 网格员名单 workers",
    (
        col("id", "图谱编号", "Id", "member.id", "人员编号 系统编号 工号"),
        col("name", "姓名", "Name of the person", "member.name", "网格员姓名 网格员 人员姓名 网格长"),
        col("title", "角色名称", "Role title", "member.title", "公开名称 岗位名称 称谓"),
        col("kind", "人员种类", "Kind of member", "member.kind", "人员类别 人员类型 身份 网格员类别 类别"),
        col("role", "派驻角色", "Role held", "post.role", "网格员类型 专兼职 岗位类型 任职方式 专职/兼职"),
        col("profession", "职业", "Profession", "post.profession", "专业 行业 专业类别 职业类别 岗位"),
        *AREA_COLUMNS,
        col("unit", "所在单位", "Unit", "unit.name", "工作单位 单位 所属单位 单位名称 派出单位"),
        col("unit_id", "单位编号", "Id of the unit", "unit.id", ""),
        col("party_member", "是否党员", "Party member", "member.party_member", "党员 中共党员 政治面貌"),
        col("skills", "服务特长", "Services the person can give", "member.skills", "特长 技能 服务技能", strings=True),
        col("since", "上岗日期", "Since", "post.since", "任职日期 上岗时间 任职时间 开始日期 起始日期 到岗时间"),
        col(
            "until", "离岗日期", "Until", "post.until", "离任日期 离岗时间 结束日期 截止日期 离任时间", form=Form.UNTIL
        ),
        col("note", "备注", "Remark", "post.note", "说明"),
        *PERSON_MARKS,
    ),
    (RowNode("member", ("Member",), stated=True), UNIT_NODE, *AREA_NODES),
    (
        RowEdge("post", "ASSIGNED_TO", "member", ("area", "grid", "community")),
        RowEdge("employment", "MEMBER_OF", "member", ("unit",), {"role": "staff"}),
    ),
)

MEMBERS = kind(
    "members",
    "党员与成员台账",
    "Members",
    "党员名册 党员台账 党员花名册 成员台账 人员名册 在职党员 双报到 members",
    (
        col("id", "图谱编号", "Id", "member.id", "人员编号 系统编号"),
        col("name", "姓名", "Name of the person", "member.name", "党员姓名 人员姓名"),
        col("title", "角色名称", "Role title", "member.title", "公开名称 职务 称谓"),
        col("kind", "人员种类", "Kind of member", "member.kind", "人员类别 人员类型 党员类型 身份"),
        col("unit", "所在单位", "Unit", "unit.name", "工作单位 单位 所属单位 单位名称"),
        col("unit_id", "单位编号", "Id of the unit", "unit.id", ""),
        col("organization", "所在组织", "Organization", "organization.name", "所在党支部 所属党组织 党支部 所在党组织"),
        col("organization_id", "组织编号", "Id of the organization", "organization.id", ""),
        col("role", "组织内角色", "Role in the organization", "membership.role", "党内职务 组织职务"),
        col("party_member", "是否党员", "Party member", "member.party_member", "中共党员 政治面貌"),
        col("skills", "服务特长", "Services the person can give", "member.skills", "特长 技能 服务技能", strings=True),
        col("street", "街道", "Sub-district or town", "street.name", "所属街道 街道名称"),
        col("community", "报到社区", "Community", "community.name", "社区 居住社区 所在社区 所属社区"),
        col("since", "起始日期", "Since", "membership.since", "任职日期 加入日期 报到日期 任职时间 起始时间"),
        col("until", "终止日期", "Until", "membership.until", "离任日期 截止日期", form=Form.UNTIL),
        col("note", "备注", "Remark", "member.note", "说明"),
        *PERSON_MARKS,
    ),
    (
        RowNode("member", ("Member",), stated=True),
        UNIT_NODE,
        ORGANIZATION_NODE,
        RowNode("community", ("Community",), within="street"),
        RowNode("street", ("Street",)),
    ),
    (
        RowEdge("membership", "MEMBER_OF", "member", ("organization", "unit")),
        RowEdge("employment", "MEMBER_OF", "member", ("unit",), {"role": "staff"}),
        RowEdge("place", "LOCATED_IN", "member", ("community",)),
    ),
)

RESERVES = kind(
    "reserves",
    "后备干部台账",
    "Reserve cadres",
    "后备干部 储备干部 后备人才 雏雁 后备力量 reserves",
    (
        col("id", "图谱编号", "Id", "member.id", "人员编号 系统编号"),
        col("name", "姓名", "Name of the person", "member.name", "后备干部姓名"),
        col("title", "角色名称", "Role title", "member.title", "公开名称 职务 称谓"),
        col("organization", "所在组织", "Organization", "organization.name", "培养单位 所在党组织 所属党组织 党支部"),
        col("organization_id", "组织编号", "Id of the organization", "organization.id", ""),
        col("street", "街道", "Sub-district or town", "street.name", "所属街道 街道名称"),
        col("community", "社区", "Community", "community.name", "所在社区 所属社区 社区名称"),
        col("party_member", "是否党员", "Party member", "member.party_member", "中共党员 政治面貌"),
        col("since", "入库日期", "Since", "membership.since", "入库时间 培养开始日期 起始日期"),
        col("until", "出库日期", "Until", "membership.until", "出库时间 截止日期", form=Form.UNTIL),
        col("note", "备注", "Remark", "member.note", "说明"),
        *PERSON_MARKS,
    ),
    (
        RowNode("member", ("Member",), stated=True, fixed={"kind": "reserve-cadre"}),
        ORGANIZATION_NODE,
        RowNode("community", ("Community",), within="street"),
        RowNode("street", ("Street",)),
    ),
    (
        RowEdge("membership", "MEMBER_OF", "member", ("organization",), {"role": "reserve"}),
        RowEdge("place", "LOCATED_IN", "member", ("community",)),
    ),
)
