"""The catalogue of questions: one ``.cypher`` file each, read, checked and bound to parameters here."""

from govnet_graph.questions.catalogue import MAX_LIMIT, QuestionError, catalogue, parse, question, read_folder
from govnet_graph.questions.model import Area, Column, Expected, Kind, Parameter, Question, Shape
from govnet_graph.questions.paste import pasteable
from govnet_graph.questions.values import BadParameter, ParameterValue, bind

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
    "bind",
    "catalogue",
    "parse",
    "pasteable",
    "question",
    "read_folder",
]
