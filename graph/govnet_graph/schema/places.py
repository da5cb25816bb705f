"""The area hierarchy: from district to grid, and the buildings in which groups work."""

from __future__ import annotations

from govnet_graph.schema.common import boolean, integer, node, string

_CODE = string("code", "统计用区划代码", "Statistical code of the area", required=True)

_RESIDENTS = (
    integer("households", "户数", "Number of households"),
    integer("residents", "居民人数", "Number of residents"),
    integer("residents_over_70", "70岁以上居民人数", "Number of residents aged 70 and over"),
)

DISTRICT = node(
    "District", "区、县", "District or county: the root of an area hierarchy", _CODE, *_RESIDENTS, indexed=("code",)
)

STREET = node(
    "Street",
    "街道、镇",
    "Sub-district, street or town",
    _CODE,
    string("kind", "街道还是镇", "Street or town", "street", "town", required=True),
    *_RESIDENTS,
    indexed=("code",),
)

COMMUNITY = node(
    "Community",
    "社区、村",
    "Urban community or village",
    _CODE,
    string("kind", "社区还是村", "Community or village", "community", "village", required=True),
    *_RESIDENTS,
    indexed=("code",),
)

GRID = node(
    "Grid",
    "网格",
    "Grid: the smallest managed area",
    _CODE,
    string("code_scheme", "编号规则", "Scheme of the code", "community-serial-3", required=True),
    boolean("demonstration", "是否为网格治理示范点", "Whether it is one of the demonstration points"),
    *_RESIDENTS,
    indexed=("code", "demonstration"),
)

BUILDING = node(
    "Building",
    "楼栋",
    "Building where building groups work",
    string("kind", "楼栋种类", "Kind of building", "residential", "commercial", required=True),
    integer("households", "户数", "Number of households"),
)
