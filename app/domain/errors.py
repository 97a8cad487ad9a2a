"""Errors that a user can do something about; each carries the HTTP status that the web layer answers with."""


class AppError(Exception):
    """A failure with a message for the user: what is wrong and what to do about it."""

    status = 500


class UnreadableFile(AppError):
    """The file's bytes are not an article that a reader understands."""

    status = 422


class NotFound(AppError):
    """No such page, item or article."""

    status = 404


class BadRequest(AppError):
    """The request's parameters make no sense."""

    status = 400


class NotAllowed(AppError):
    """The site is read-only for this visitor."""

    status = 403
