"""A warning in a notebook is an error when tests run it."""

from __future__ import annotations

import os

# Of the kernels that pytest starts. They warn of their own future when they end.
os.environ["PYTHONWARNINGS"] = "error,ignore::PendingDeprecationWarning"
