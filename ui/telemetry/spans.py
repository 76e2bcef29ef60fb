"""Traces, sent to a collector over OTLP: a span for each question, one in it for each stage.

Spans are handed over in a thread of OpenTelemetry's own, from a queue with an end: a collector that
is away holds up no answer. Nothing is set for the whole process, so that no library sends along.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import OTELResourceDetector, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Span, SpanKind, Status, StatusCode, set_span_in_context
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from assistant.history.records import product_version
from assistant.timeline import ModelCall, Stage, Timeline
from assistant.types import Answer
from ui.shared.logs import note
from ui.telemetry.incoming import Door

_PATH = "/v1/traces"
_FLUSH_S = 3.0
"""What is left may take at the end, at most."""
_W3C = TraceContextTextMapPropagator()


@dataclass(frozen=True, slots=True)
class QuestionSpan:
    """The span of a question that is being answered."""

    span: Span
    context: Context

    @property
    def traceparent(self) -> str:
        """What servers that are asked for it are told; empty where nothing is traced."""
        headers: dict[str, str] = {}
        _W3C.inject(headers, self.context)
        return headers.get("traceparent", "")


class Spans:
    """The spans of one server; safe between threads."""

    def __init__(self, endpoint: str) -> None:
        """Begin; nothing is sent yet. OpenTelemetry reads its own variables beside."""
        own = Resource.create({"service.name": "residency", "service.version": product_version()})
        self._provider = TracerProvider(
            resource=own.merge(OTELResourceDetector().detect()), shutdown_on_exit=False
        )
        self._exporter = OTLPSpanExporter(endpoint=_traces_at(endpoint))
        self._provider.add_span_processor(BatchSpanProcessor(self._exporter))
        self._tracer = self._provider.get_tracer("residency")

    def begin(self, door: Door, traceparent: str) -> QuestionSpan:
        """Begin the span of a question, in the trace of its caller where it has one."""
        span = self._tracer.start_span(
            "question", _W3C.extract({"traceparent": traceparent}, Context()), SpanKind.SERVER,
            {"residency.door": door.value},
        )  # fmt: skip
        return QuestionSpan(span, set_span_in_context(span, Context()))

    def end(
        self, question: QuestionSpan, timeline: Timeline, answer: Answer | None, error: str
    ) -> None:
        """End the span of a question, with those of its stages in it."""
        span = question.span
        if span.is_recording():
            self._add_stages(question, timeline)
            span.set_attribute("residency.questions", timeline.parts)
            span.set_attribute("residency.passages", timeline.passages)
            if timeline.model_fault:
                span.set_attribute("residency.model.fault", timeline.model_fault)
            if answer is not None:
                _describe(span, answer)
            if error:
                span.set_attribute("error.type", error)
                span.set_status(Status(StatusCode.ERROR))
        span.end()

    def close(self) -> None:
        """Send what is left, as far as that is possible within a few seconds."""
        ending = threading.Thread(target=self._provider.shutdown, daemon=True)
        ending.start()
        ending.join(_FLUSH_S)
        if ending.is_alive():
            # OpenTelemetry's own bound is 30 s.
            self._exporter.shutdown()  # type: ignore[no-untyped-call]
            note("traces not sent", waited_s=_FLUSH_S)

    def _add_stages(self, question: QuestionSpan, timeline: Timeline) -> None:
        within = question.context
        for stage in tuple(timeline.stages):
            span = self._tracer.start_span(
                stage.stage.value, question.context, start_time=stage.began_ns
            )
            if stage.stage is Stage.MODEL:
                within = set_span_in_context(span, Context())
            span.end(stage.ended_ns)
        for call in tuple(timeline.calls):
            self._add_call(call, within)

    def _add_call(self, call: ModelCall, within: Context) -> None:
        span = self._tracer.start_span(
            "model call", within, SpanKind.CLIENT,
            {
                "residency.model.ended": call.ended,
                "gen_ai.usage.input_tokens": call.prompt_tokens,
                "gen_ai.usage.output_tokens": call.completion_tokens,
            },
            start_time=call.began_ns,
        )  # fmt: skip
        span.end(call.ended_ns)


def _describe(span: Span, answer: Answer) -> None:
    span.set_attribute("residency.verdict", answer.verdict.value)
    span.set_attribute("residency.mode", answer.mode)
    span.set_attribute("residency.index.build", answer.index)
    span.set_attribute("residency.citations", len(answer.citations))
    span.set_attribute("residency.facts", len(answer.facts))
    span.set_attribute("residency.approved", answer.approved is not None)


def _traces_at(endpoint: str) -> str:
    base = endpoint.rstrip("/")
    return base if base.endswith(_PATH) else base + _PATH
