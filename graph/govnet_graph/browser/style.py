"""The look of the graph in Neo4j Browser, in its style language GraSS.

The colours are those of Okabe and Ito, which people with any common colour blindness tell apart, and lighter or darker
shades of them inside a family; what shares a hue differs in size too. (Okabe & Ito 2008, "Color Universal Design".)
"""

from __future__ import annotations

from govnet_graph.schema import SCHEMA

#: Label: (fill, diameter in pixels).
LOOKS = {
    "District": ("#003F66", 90),
    "Street": ("#0072B2", 75),
    "Community": ("#56B4E9", 65),
    "Grid": ("#A9D8F4", 55),
    "Building": ("#DCEFFB", 40),
    "Organization": ("#CC79A7", 60),
    "Unit": ("#E69F00", 65),
    "Member": ("#F0E442", 45),
    "Resource": ("#009E73", 55),
    "Service": ("#8FD9C2", 50),
    "Need": ("#D55E00", 50),
    "Project": ("#F2B38C", 50),
    "Case": ("#8C3D00", 50),
    "CaseKind": ("#B5651D", 40),
    "CaseStep": ("#E3C4A8", 35),
    "Activity": ("#E8C4D8", 50),
    "Programme": ("#7A3B60", 65),
    "Source": ("#333333", 55),
    "Claim": ("#666666", 50),
    "Ledger": ("#999999", 50),
    "Requirement": ("#000000", 50),
    "Plan": ("#BBBBBB", 50),
    "Change": ("#DDDDDD", 40),
}
#: Nodes that hold no record of the district, small and pale: the graph's own state, and steps that were taken back.
KEPT = ("GraphState", "Withdrawn")
_NODE = """node {
  diameter: 50px;
  color: #999999;
  border-color: #666666;
  border-width: 2px;
  text-color-internal: #000000;
  font-size: 10px;
}

relationship {
  color: #999999;
  shaft-width: 1px;
  font-size: 8px;
  padding: 3px;
  text-color-external: #000000;
  text-color-internal: #FFFFFF;
  caption: '<type>';
}
"""
#: Relationship type: (colour, width in pixels); the rest stays thin and grey.
LINKS = {
    "PART_OF": ("#0072B2", 1),
    "RESPONSIBLE_FOR": ("#CC79A7", 3),
    "MEMBER_OF": ("#A38F00", 1),
    "SITS_ON": ("#A38F00", 2),
    "ASSIGNED_TO": ("#A38F00", 3),
    "PAIRED_WITH": ("#E69F00", 4),
    "OFFERS": ("#009E73", 2),
    "PROVIDES": ("#009E73", 1),
    "SERVES": ("#009E73", 3),
    "LOCATED_IN": ("#56B4E9", 1),
    "RAISED_BY": ("#D55E00", 2),
    "FOR": ("#D55E00", 1),
    "MET_BY": ("#009E73", 2),
    "RAISED_IN": ("#8C3D00", 2),
    "DISPATCHED_TO": ("#8C3D00", 3),
    "SUPERSEDED": ("#DDDDDD", 2),
}


def luminance(colour: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def text_on(colour: str) -> str:
    """Black or white, whichever contrasts more with the colour."""
    light = luminance(colour)
    return "#000000" if (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) else "#FFFFFF"


def style() -> str:
    """The style file: every label and relationship type of the schema, captions by name, those of members by role."""
    out = [_NODE]
    for label in SCHEMA.nodes:
        colour, diameter = LOOKS[label]
        border = "#000000" if luminance(colour) > 0.5 else colour
        out.append(
            f"node.{label} {{\n  color: {colour};\n  border-color: {border};\n  text-color-internal: {text_on(colour)};\n"
            f"  diameter: {diameter}px;\n  caption: '{{name}}';\n}}\n"
        )
    # What stands for all members on a map has a name and is no Entity; a member has a role, and its name is not shown.
    out.append("node.Entity.Member {\n  caption: '{title}';\n}\n")
    out += [
        f"node.{label} {{\n  color: #EEEEEE;\n  border-color: #999999;\n  text-color-internal: #000000;\n"
        f"  diameter: 30px;\n  caption: '{{id}}';\n}}\n"
        for label in KEPT
    ]
    for type_ in SCHEMA.relationships:
        colour, width = LINKS.get(type_, ("#999999", 1))
        out.append(
            f"relationship.{type_} {{\n  color: {colour};\n  shaft-width: {width}px;\n  caption: '<type>';\n}}\n"
        )
    return "\n".join(out)


__all__ = ["KEPT", "LINKS", "LOOKS", "luminance", "style", "text_on"]
