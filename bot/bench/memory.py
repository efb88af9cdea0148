"""How much memory the running program holds."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

_RESIDENT: Final = re.compile(r"VmRSS:\s+(\d+) kB")
_ROOT: Final = Path(__file__).parents[2]


def resident_megabytes(catalog: Path) -> int | None:
    """Start `motcua run`, wait for its web door, and read VmRSS; None where no /proc tells it.

    The database is up to date before: the tool of migrations stays in memory where it was needed.
    """
    with tempfile.TemporaryDirectory() as folder:
        env = {
            "PYTHONPATH": str(_ROOT),
            "MOTCUA_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bench.db",
            "MOTCUA_CATALOG": str(catalog.resolve()),
            "MOTCUA_PORT": "0",
        }
        upgrade = [sys.executable, "-m", "bot", "db", "upgrade"]
        subprocess.run(  # noqa: S603 - ourselves
            upgrade, cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL
        )
        running = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        with running:
            open_at = next((line for line in running.stdout or () if "http" in line), None)
            status = Path(f"/proc/{running.pid}/status")
            told = _RESIDENT.search(status.read_text()) if open_at and status.exists() else None
            running.terminate()
    return round(int(told[1]) / 1024) if told else None
