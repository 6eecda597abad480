"""Files that appear together or not at all: written beside their place, then moved there."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Give an empty folder to write in; when that ended well its files are moved to the target.

    A failure leaves the target as it was, or not there. Files of the target that were not
    written again stay. Raises OSError where the target cannot be written.
    """
    target = target.resolve()
    if target.exists() and not target.is_dir():
        raise FileExistsError(17, "this is a file, not a folder", str(target))
    new = [folder for folder in (target.parent, *target.parents) if not folder.exists()]
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        yield draft
        draft.chmod(0o777 & ~_umask())
        _move(draft, target)
    except BaseException:
        for folder in sorted(set(new), reverse=True, key=lambda each: len(each.parts)):
            shutil.rmtree(draft, ignore_errors=True)
            folder.rmdir()
        raise
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def whole_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files into a folder that others look into; nobody ever sees half of one.

    Each is written beside its place, under a name of its own, then put there in one step; only
    when all are written. Raises OSError; then no file was replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    drafts = {name: folder / f".{name}.{secrets.token_hex(4)}.part" for name in files}
    try:
        for name, draft in drafts.items():
            draft.write_bytes(files[name])
        for name, draft in drafts.items():
            draft.replace(folder / name)
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def _move(draft: Path, target: Path) -> None:
    if not target.exists():
        draft.rename(target)
        return
    for file in sorted(draft.iterdir()):
        file.replace(target / file.name)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
