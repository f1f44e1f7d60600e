from tests.support.facilitation import author, cast, contents, judges

__all__ = ["author", "cast", "contents", "judges"]
