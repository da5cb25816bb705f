"""How the documentation is built: `make docs` writes it to build/docs, offline, with every warning an error."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

from govnet_graph import __version__

project = "govnet"
release = version = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "reference", "bilingual"]
exclude_patterns = ["_ext"]
root_doc = "index"
nitpicky = True
# The signatures of the standard library and of the driver are not documented here.
nitpick_ignore_regex = [("py:.*", r".*")]
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 4
autodoc_typehints = "description"
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = "govnet 基层治理图谱"
html_static_path: list[str] = []
html_copy_source = False
html_show_copyright = False
html_search_language = "zh"
# Nothing of a build may depend on when it was made.
html_last_updated_fmt = None
