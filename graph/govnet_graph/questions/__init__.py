"""The catalogue of questions: one ``.cypher`` file each, read, checked and bound to parameters here."""

from govnet_graph.questions.catalogue import MAX_LIMIT, QuestionError, catalogue, parse, question, read_folder
from govnet_graph.questions.model import Area, Column, Expected, Kind, Parameter, Question, Shape
from govnet_graph.questions.paste import pasteable, presets
from govnet_graph.questions.values import BadParameter, ParameterValue, bind
from govnet_graph.questions.views import Shows, View, view, views

__all__ = [
    "MAX_LIMIT",
    "Area",
    "BadParameter",
    "Column",
    "Expected",
    "Kind",
    "Parameter",
    "ParameterValue",
    "Question",
    "QuestionError",
    "Shape",
    "Shows",
    "View",
    "bind",
    "catalogue",
    "parse",
    "pasteable",
    "presets",
    "question",
    "read_folder",
    "view",
    "views",
]
