"""What the tests of the screens share."""

from tests.stylesheets import share_parsed_stylesheets

share_parsed_stylesheets()
