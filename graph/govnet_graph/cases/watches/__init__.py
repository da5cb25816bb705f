"""Standing questions: asked again when the data or the day has moved, told of once when the answer changed."""
