"""Asks by an operation's plan and by graphql-core, and compares what comes of it: answers to the byte, and reads."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from domain.language import Language
from domain.viewer import ANONYMOUS
from graph.execution.executor import PlanExecutor
from graph.schema import SCHEMA
from resolvers.context import AppServices, Context
from tests.reads import Reads
from web.documents import Documents, Operation
from web.graphql_parameters import Parameters
from web.operations import Outcome, by_graphql_core, by_plan, executor_of

DOCUMENTS = Documents(SCHEMA._schema)
#: Which reads of one operation fall together is a matter of moments, on either way.
TRIES = 5


@dataclass
class BothWays:
    """Counts what came of operations: alike, faulty (left to graphql-core as it runs), unplanned or refused."""

    app_services: AppServices
    reads: Reads
    came: Counter[str] = field(default_factory=Counter)

    async def compare(self, text: str, variables: Mapping[str, Any], token: str | None) -> None:
        document = DOCUMENTS.read(text)
        if document.errors:
            self.came["refused"] += 1
            return
        operation = document.operation(None)
        for _ in range(TRIES):
            came = await self._came_of(operation, text, variables, token)
            if came is not None:
                self.came[came] += 1
                return
        raise AssertionError(f"the plan does not read what graphql-core reads: {text} {variables}")

    async def _came_of(
        self, operation: Operation, text: str, variables: Mapping[str, Any], token: str | None
    ) -> str | None:
        """None where the answers are alike and the reads are not."""
        one, other = [await self._executor(operation, text, variables, token) for _ in range(2)]
        if operation.plans.plan_for(one) is None:
            return "unplanned"
        planned, taken = await self._done(by_plan(operation.plans, one))
        core, usual = await self._done(by_graphql_core(other))
        assert core is not None
        if core.errors:
            assert planned is None, (text, variables)
            return "faulty"
        assert planned is not None, (text, variables)
        assert orjson.dumps(planned.data) == orjson.dumps(core.data), (text, variables)
        return "alike" if taken == usual else None

    async def _executor(
        self, operation: Operation, text: str, variables: Mapping[str, Any], token: str | None
    ) -> PlanExecutor:
        sessions, now = self.app_services.core.stores.sessions, self.app_services.core.now()
        viewer = await sessions.viewer(token, now) if token else ANONYMOUS
        assert viewer.is_signed_in == (token is not None)
        context = Context(self.app_services, viewer, Language.ZH, token, "")
        return executor_of(SCHEMA, operation, Parameters(text, None, dict(variables), {}), context)

    async def _done(self, way: Coroutine[Any, Any, Outcome | None]) -> tuple[Outcome | None, list[str]]:
        """What came of ``way``, and what was read meanwhile; also beside a field that failed, and after it."""
        others = asyncio.all_tasks()
        self.reads.forget()
        outcome = await way
        while begun := asyncio.all_tasks() - others:
            await asyncio.wait(begun, timeout=5)
        return outcome, sorted(self.reads.collections)
