"""Both languages of the documentation: a search that finds Chinese words, and pages that say which language they are in.

Sphinx's own search for Chinese indexes no Chinese word without a dictionary, and its page fails on loading (9.0). Here
every two characters that stand together are one term, in the index as in what is looked for.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_RUN = re.compile(rf"[{_HAN}]+|[^\W{_HAN}]+")


class SearchBoth(SearchEnglish):
    """English words by their stems, Chinese by pairs of characters."""

    lang = "zh"
    js_splitter_code = rf"""
function splitQuery(query) {{
  const runs = query.match(/[{_HAN}]+|(?:(?![{_HAN}])[\p{{Letter}}\p{{Number}}_])+/gu) || [];
  return runs.flatMap((run) => /[{_HAN}]/.test(run) && run.length > 2
    ? Array.from({{length: run.length - 1}}, (_, at) => run.slice(at, at + 2)) : [run]);
}}
"""

    def split(self, text: str) -> list[str]:
        """Terms of a text: words, and pairs of Chinese characters; one that stands alone is a term itself."""
        found = []
        for run in _RUN.findall(text):
            han = re.match(rf"[{_HAN}]", run) and len(run) > 2
            found += [run[at : at + 2] for at in range(len(run) - 1)] if han else [run]
        return found


def _language(_app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object) -> None:
    context["language"] = "zh" if page.endswith("-zh") else "en"


def setup(app: Sphinx) -> dict[str, bool]:
    """Called by Sphinx."""
    app.add_search_language(SearchBoth)
    app.connect("html-page-context", _language)
    return {"parallel_read_safe": True}
