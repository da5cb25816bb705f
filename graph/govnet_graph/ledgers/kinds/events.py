"""Ledgers of what happens: cases and activities."""

from __future__ import annotations

from govnet_graph.ledgers.kinds.build import (
    AREA_COLUMNS,
    AREA_ENDS,
    AREA_NODES,
    ORGANIZATION_NODE,
    UNIT_NODE,
    col,
    kind,
    own,
)
from govnet_graph.ledgers.terms import Form, RowEdge, RowNode

CASES = kind(
    "cases",
    "问题诉求台账",
    "Cases",
    "问题台账 诉求台账 工单 问题清单 矛盾纠纷 隐患台账 民情台账 cases",
    (
        col("id", "图谱编号", "Id", "case.id", "工单编号 问题编号 系统编号 事件编号"),
        col(
            "name",
            "问题内容",
            "What was raised",
            "case.name",
            "问题 诉求内容 事项 问题描述 事件名称 诉求",
            required=True,
        ),
        col("kind", "问题种类", "Kind of case", "case.kind", "问题类型 诉求类型 问题类别 事件类型 类别"),
        col("state", "状态", "State", "case.state", "办理状态 处理状态 办理情况 工单状态"),
        col("channel", "收集渠道", "Channel", "case.channel", "来源 问题来源 渠道 上报渠道"),
        col("raised_on", "提出日期", "Raised on", "case.raised_on", "提出时间 上报日期 上报时间 登记日期 受理日期"),
        col("due_on", "办结期限", "Due on", "case.due_on", "办理期限 截止日期 办结时限"),
        col("closed_on", "办结日期", "Closed on", "case.closed_on", "办结时间 完成日期 解决日期"),
        col("agreed_on", "确认日期", "Confirmed on", "case.agreed_on", "回访日期 回访时间 确认时间"),
        col("external", "原系统编号", "Its id in another system", "case.external", "热线编号 外部编号 原编号 原工单号"),
        col("description", "经过", "What happened", "case.description", "诉求经过 详细情况 详细描述 具体情况"),
        col("address", "地址", "Address", "case.address", "详细地址 发生地址 事发地点 发生地点"),
        *AREA_COLUMNS,
        col("unit", "承办单位", "Unit that it was dispatched to", "unit.name", "责任单位 派往单位 办理单位 主办单位"),
        col("organization", "承办组织", "Organization that it was dispatched to", "organization.name", "责任组织"),
        col(
            "member", "承办成员编号", "Id of the member that it was dispatched to", "member.id", "承办人编号 办理人编号"
        ),
        col("dispatched_on", "派单日期", "Dispatched on", "dispatch.dispatched_on", "派单时间 交办日期"),
        col("accepted_on", "接单日期", "Accepted on", "dispatch.accepted_on", "接单时间"),
        col("finished_on", "承办办结日期", "Closed by whom it was dispatched to", "dispatch.closed_on", "承办完成日期"),
        col("outcome", "办理结果", "Outcome", "dispatch.outcome", "结果 处理结果"),
        col("refusal", "拒绝原因", "Why it was refused", "dispatch.refusal", "退单原因"),
        col("note", "备注", "Remark", "case.note", "说明"),
        own("contact", "反映人", "Person who raised it", "联系人 居民姓名 诉求人 上报人"),
        own("phones", "联系电话", "Telephone", "电话 联系方式", form=Form.PHONES),
    ),
    (
        RowNode("case", ("Case",), stated=True),
        UNIT_NODE,
        ORGANIZATION_NODE,
        RowNode("member", ("Member",)),
        *AREA_NODES,
    ),
    (
        RowEdge("origin", "RAISED_IN", "case", AREA_ENDS),
        RowEdge("dispatch", "DISPATCHED_TO", "case", ("unit", "organization", "member")),
    ),
)

ACTIVITIES = kind(
    "activities",
    "活动台账",
    "Activities",
    "活动台账 活动记录 主题党日 活动开展情况 activities",
    (
        col("id", "图谱编号", "Id", "activity.id", "活动编号 系统编号"),
        col("name", "活动名称", "Name of the activity", "activity.name", "名称 活动主题 活动内容 主题", required=True),
        col("kind", "活动种类", "Kind of activity", "activity.kind", "活动类型 活动类别 类型"),
        col("held_on", "举办日期", "Held on", "activity.held_on", "活动日期 活动时间 举办时间 时间 日期 开展时间"),
        col("attendance", "参加人数", "Attendance", "activity.attendance", "人数 参与人数 到场人数"),
        col(
            "disputes",
            "调处矛盾纠纷件数",
            "Disputes handled",
            "activity.disputes",
            "矛盾纠纷件数 化解矛盾纠纷 调解纠纷数 纠纷件数",
        ),
        col("unit", "主办单位", "Unit that held it", "unit.name", "组织单位 承办单位 单位"),
        col("organization", "主办组织", "Organization that held it", "organization.name", "组织者 主办党组织"),
        *AREA_COLUMNS,
        col("note", "备注", "Remark", "activity.note", "说明"),
        own("contact", "联系人", "Contact person", "负责人"),
    ),
    (RowNode("activity", ("Activity",), stated=True), UNIT_NODE, ORGANIZATION_NODE, *AREA_NODES),
    (
        RowEdge("host", "HELD_BY", "activity", ("unit", "organization")),
        RowEdge("venue", "HELD_IN", "activity", AREA_ENDS),
    ),
)
