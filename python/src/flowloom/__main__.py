"""``python -m flowloom``: see `flowloom.cli`."""

import sys

from flowloom.cli import main

if __name__ == "__main__":
    sys.exit(main())
