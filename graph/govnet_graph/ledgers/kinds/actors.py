"""Ledgers of areas and of who acts there: grids, units, the chain of party organizations."""

from __future__ import annotations

from govnet_graph.ledgers.kinds.build import AREA_COLUMNS, AREA_ENDS, AREA_NODES, col, kind, own
from govnet_graph.ledgers.terms import Form, RowEdge, RowNode
from govnet_graph.ledgers.words import LEVELS

AREAS = kind(
    "areas",
    "区域与网格台账",
    "Areas and grids",
    "网格台账 网格划分 网格信息 网格基本情况 区划 行政区划 社区名录 网格一览表 网格划分情况 areas grids",
    (
        col(
            "code",
            "区划代码",
            "Code",
            "area.code",
            "代码 编码 编号 网格编码 网格编号 网格代码 社区编码 统计用区划代码 区域代码",
            form=Form.AREA_CODE,
        ),
        col("name", "名称", "Name", "area.name", "区域名称 网格名称 社区名称 网格 名字 社区网格名称", required=True),
        own("level", "层级", "Level", "级别 类型 区域层级 区划级别 类别", values=tuple(LEVELS), target="area.@level"),
        col(
            "parent_code",
            "上级代码",
            "Code of the area above",
            "parent.code",
            "上级区划代码 父级代码 所属社区编码 所属社区代码",
            form=Form.PARENT_CODE,
        ),
        col(
            "parent",
            "上级名称",
            "Area above",
            "parent.name",
            "所属社区 上级区域 所属区域 所属村 所属社区名称 上级 所在社区 社区",
        ),
        col("street", "所属街道", "Sub-district or town", "street.name", "街道 街道名称 所属乡镇 乡镇 镇街 所在街道"),
        col("aliases", "别名", "Other names", "area.aliases", "其他名称 曾用名 简称"),
        col("households", "户数", "Households", "area.households", "总户数 居民户数 户 住户数"),
        col("residents", "居民人数", "Residents", "area.residents", "人口 人口数 人数 常住人口 居民数 总人口 户籍人口"),
        col(
            "residents_over_70",
            "70岁以上居民人数",
            "Residents over 70",
            "area.residents_over_70",
            "70岁以上 70岁以上老人 70周岁以上人数",
        ),
        col("demonstration", "是否示范点", "Demonstration", "area.demonstration", "示范点 示范网格 是否示范网格"),
        col("since", "设立日期", "Since", "area.since", "成立日期 起始日期 设立时间 开始日期"),
        col("until", "撤销日期", "Until", "area.until", "终止日期 撤销时间 截止日期", form=Form.UNTIL),
    ),
    (
        RowNode("area", ("Grid", "Community", "Street", "District"), stated=True, within="parent"),
        RowNode("parent", ("Community", "Street", "District"), within="street"),
        RowNode("street", ("Street",)),
    ),
    (RowEdge("part", "PART_OF", "area", ("parent", "street")),),
)

UNITS = kind(
    "units",
    "单位台账",
    "Units",
    "单位名录 单位台账 驻区单位 辖区单位 共建单位 单位信息 机关单位名单 units",
    (
        col("id", "图谱编号", "Id", "unit.id", "单位编号 系统编号"),
        col(
            "name",
            "单位名称",
            "Name of the unit",
            "unit.name",
            "单位 名称 单位全称 机构名称 共建单位 驻区单位 企业名称",
            required=True,
        ),
        col(
            "credit_code",
            "统一社会信用代码",
            "Unified social credit code",
            "unit.credit_code",
            "信用代码 社会信用代码 机构代码",
            form=Form.CREDIT_CODE,
        ),
        col("kind", "单位种类", "Kind of unit", "unit.kind", "单位性质 单位类型 单位类别 性质 类型"),
        col("aliases", "简称或别名", "Other names", "unit.aliases", "简称 别名 曾用名 单位简称"),
        col("district_agency", "是否区直机关", "District agency", "unit.district_agency", "区直机关 区直单位 是否区直"),
        col(
            "pairing_capacity",
            "最多结对网格数",
            "Pairing capacity",
            "unit.pairing_capacity",
            "可结对网格数 结对能力 最大结对数",
        ),
        col("party_members", "党员人数", "Party members", "unit.party_members", "党员数 在职党员数 党员总数"),
        *AREA_COLUMNS,
        col("since", "起始日期", "Since", "unit.since", "成立日期 开始日期"),
        col("until", "终止日期", "Until", "unit.until", "注销日期 撤销日期 截止日期", form=Form.UNTIL),
        col("note", "备注", "Remark", "unit.note", "说明"),
        own("phones", "联系电话", "Telephone", "电话 手机 联系方式 手机号", form=Form.PHONES),
        own("contact", "联系人", "Contact person", "联络员 联系人姓名"),
    ),
    (RowNode("unit", ("Unit",), stated=True), *AREA_NODES),
    (RowEdge("place", "LOCATED_IN", "unit", AREA_ENDS),),
)

CHAIN = kind(
    "party-chain",
    "五级组织链台账",
    "Five-level chain of party organizations",
    "组织链 党组织台账 五级组织 党组织一览表 基层党组织 党组织名录 party-chain",
    (
        col("id", "图谱编号", "Id", "organization.id", "组织编号 系统编号"),
        col(
            "name",
            "组织名称",
            "Name of the organization",
            "organization.name",
            "党组织名称 名称 组织 党组织 党支部名称",
            required=True,
        ),
        col("kind", "组织种类", "Kind of organization", "organization.kind", "组织类型 组织类别 党组织类型 类别"),
        col("level", "层级", "Level 1 to 5", "organization.level", "组织层级 级别"),
        col(
            "superior",
            "上级组织",
            "Superior organization",
            "superior.name",
            "上级党组织 隶属党组织 所属党组织 上级党组织名称",
        ),
        col("superior_id", "上级组织编号", "Id of the superior", "superior.id", ""),
        *AREA_COLUMNS,
        col("demonstration", "是否示范", "Demonstration", "organization.demonstration", "示范党组织 6+57"),
        col("aliases", "别名", "Other names", "organization.aliases", "简称 曾用名"),
        col("since", "成立日期", "Since", "organization.since", "成立时间 起始日期 组建时间"),
        col("until", "撤销日期", "Until", "organization.until", "撤销时间 截止日期", form=Form.UNTIL),
        col("note", "备注", "Remark", "organization.note", "说明"),
    ),
    (RowNode("organization", ("Organization",), stated=True), RowNode("superior", ("Organization",)), *AREA_NODES),
    (
        RowEdge("chain", "PART_OF", "organization", ("superior",)),
        RowEdge("charge", "RESPONSIBLE_FOR", "organization", AREA_ENDS),
    ),
)
