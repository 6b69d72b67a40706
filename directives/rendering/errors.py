"""What the renderer says when it cannot make a page."""


class RenderingError(Exception):
    """The page cannot be made; the message says what to do."""
