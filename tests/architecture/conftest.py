"""Makes the rules of this folder and the tools of the repository importable from its tests."""

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent

sys.path[:0] = [str(HERE), str(HERE.parents[1])]
