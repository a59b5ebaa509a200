"""What time it really is, for leases and retries: the database's own clock where many machines share one.

On SQLite one process owns the file, so its clock (the bound ``real``) is as good. On PostgreSQL replicas' clocks may
differ, the server's is one for all.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class RealNow(FunctionElement[int]):
    """Whole Unix seconds. ``real`` must be bound, on PostgreSQL too."""

    name = "real_now"
    type = BigInteger()
    inherit_cache = True

    def __init__(self) -> None:
        super().__init__(bindparam("real", type_=BigInteger))


@compiles(RealNow)
def _given(element: RealNow, compiler: Any, **asked: Any) -> str:
    return str(compiler.process(element.clauses, **asked))


@compiles(RealNow, "postgresql")
def _of_the_server(_element: RealNow, _compiler: Any, **_asked: Any) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) AS BIGINT)"
