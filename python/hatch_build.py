"""Makes the wheel one for this platform if libflowloom lies in the package, which `make native` puts there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import sys_tags


class Hook(BuildHookInterface):  # type: ignore[misc] # hatchling has no types
    """The library is of no version of Python: any of Python 3 loads it."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Say what the wheel is for."""
        native = sorted(Path(self.root, "src", "flowloom").glob("libflowloom.*"))
        if version == "editable" or not native:
            return
        platform = next(tag.platform for tag in sys_tags() if "manylinux" not in tag.platform)
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"
        build_data["artifacts"] += [f"src/flowloom/{path.name}" for path in native]
