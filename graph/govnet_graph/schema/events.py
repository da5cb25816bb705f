"""What happens: cases in the terms of Open311, activities, programmes."""

from __future__ import annotations

from govnet_graph.schema.common import date, integer, node, string

CASE = node(
    "Case",
    "问题、诉求",
    "Problem or dispute raised in a grid, with its state and clock",
    string(
        "kind",
        "问题种类",
        "Kind of case",
        "hazard",
        "neighbour-dispute",
        "road",
        "wall",
        "utilities",
        "environment",
        "dispute",
        "service-request",
        required=True,
    ),
    string(
        "state",
        "状态",
        "State of the case",
        "raised",
        "dispatched",
        "accepted",
        "refused",
        "solved",
        "closed",
        required=True,
    ),
    string(
        "channel",
        "收集渠道(各渠道不可相加)",
        "Channel that collected it; channels overlap and are never added",
        "full-time-worker",
        "demonstration",
        "forum",
        "volunteer-team",
        required=True,
    ),
    date("raised_on", "提出日期", "Day on which it was raised"),
    date("due_on", "办结期限", "Day by which it should be closed"),
    date("closed_on", "办结日期", "Day on which it was closed"),
    indexed=("state", "channel"),
)

ACTIVITY = node(
    "Activity",
    "活动",
    "Theme day, deliberation, joint meeting, training or award",
    string(
        "kind",
        "活动种类",
        "Kind of activity",
        "theme-day",
        "deliberation",
        "joint-meeting",
        "training",
        "visit",
        "contest",
        "award",
        "tour",
        "care",
        "outreach",
        required=True,
    ),
    date("held_on", "举办日期", "Day on which it was held"),
    integer("attendance", "参加人数", "Number of people who attended"),
    indexed=("kind",),
)

PROGRAMME = node(
    "Programme",
    "项目机制",
    "Programme or standing mechanism",
    string(
        "kind",
        "机制种类",
        "Kind of programme",
        "pairing",
        "demonstration",
        "training",
        "resource-release",
        "service",
        "dispatch",
        "publicity",
        "strategy",
        required=True,
    ),
)
