"""The simple chat: Gradio on the same assistant, loaded when someone first opens it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.answer_view import answer_view
from assistant.web.answering import Answering
from assistant.web.asking_routes import QUESTION_LIMIT, Asked, fault_of, question_of
from assistant.web.pages import draw
from assistant.web.texts import LANGUAGES, Texts, negotiate, texts_in

if TYPE_CHECKING:
    import gradio

_CLOSED = re.compile(r"/gradio_api/(?:upload|upload_progress|file=|file/|proxy=|stream/|component_server)")
"""The chat takes and gives no files; the doors for them stay shut."""
_MARKS = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$&:/@])")
_CSS = """
footer { display: none !important }
.gradio-container { max-width: 46rem !important; margin: 0 auto }
"""


class Chat:
    """Shows a waiting page while Gradio loads, then hands every request to it."""

    def __init__(self, assistant: Answering) -> None:
        self._assistant = assistant
        self._app: ASGIApp | None = None
        self._running: asyncio.Task[None] | None = None
        self._stop = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if self._running is None:
            self._running = asyncio.create_task(self._run())
        if self._running.done():
            self._running.result()
        if _CLOSED.search(scope["path"]):
            await PlainTextResponse("not found", 404)(scope, receive, send)
        elif self._app is None:
            await _waiting(scope)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _run(self) -> None:
        """Builds in a thread, then holds Gradio's own start and end in one task."""
        host = await asyncio.to_thread(_built, self._assistant)
        async with host.router.lifespan_context(host):
            self._app = host
            await self._stop.wait()

    async def close(self) -> None:
        self._stop.set()
        if self._running is not None and self._app is not None:
            await self._running


def _waiting(scope: Scope) -> HTMLResponse:
    headers = dict(scope["headers"])
    texts = texts_in(negotiate(None, None, headers.get(b"accept-language", b"").decode("latin-1")))
    return HTMLResponse(draw("waiting.html", texts), headers={"refresh": "2"})


def _built(assistant: Answering) -> Any:
    import os

    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    import gradio
    from fastapi import FastAPI

    host = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    words = gradio.I18n(**{language: texts_in(language).group("chat") for language in LANGUAGES})
    blocks = _blocks(gradio, assistant, words)
    blocks.queue(max_size=64, default_concurrency_limit=2, api_open=False)
    fonts = ["system-ui", "Segoe UI", "sans-serif"]
    return gradio.mount_gradio_app(
        host,
        blocks,
        path="/",
        ssr_mode=False,
        footer_links=[],
        i18n=words,
        max_file_size=1,
        css=_CSS,
        theme=gradio.themes.Base(font=fonts, font_mono=["ui-monospace", "monospace"], primary_hue="green"),
    )


def _blocks(gr: Any, assistant: Answering, i18n: Any) -> gradio.Blocks:
    def reply(message: str, history: list[dict[str, Any]], request: Any) -> Iterator[str]:
        yield from replies(assistant, message, history, _texts_of(request))

    reply.__annotations__["request"] = gr.Request  # Gradio hands it over by its type

    with gr.Blocks(title="Hjemmel", analytics_enabled=False) as blocks:
        gr.Markdown(i18n("intro"))
        gr.ChatInterface(
            reply,
            chatbot=gr.Chatbot(label=i18n("title"), sanitize_html=True, height="60vh", buttons=[]),
            textbox=gr.Textbox(
                label=i18n("message"),
                placeholder=i18n("message"),
                show_label=True,
                container=True,
                max_length=QUESTION_LIMIT,
                submit_btn=True,
            ),
            api_visibility="private",
        )
    return blocks


def _texts_of(request: Any) -> Texts:
    accepted = request.headers.get("accept-language", "") if request is not None else ""
    return texts_in(negotiate(None, request.cookies.get("lang") if request else None, accepted))


def replies(assistant: Answering, message: str, history: list[dict[str, Any]], texts: Texts) -> Iterator[str]:
    """Status words first, then the answer as Markdown in which only our own links are links."""
    turns = [
        {"role": turn["role"], "content": said}
        for turn in history
        if turn.get("role") in ("user", "assistant") and (said := _said(turn.get("content")))
    ]
    asked = Asked.model_validate({"question": message, "history": turns[-20:]})
    if fault := fault_of(asked, texts):
        yield escaped(fault)
        return
    yield texts("status.working")
    answer = assistant.answer(question_of(asked))
    yield in_markdown(answer, assistant, texts)


def in_markdown(answer: dict[str, Any], assistant: Answering, texts: Texts) -> str:
    view = answer_view(answer, assistant.levels(texts.language), texts)
    lines = [f"**{escaped(view.badge_words)}**", escaped(view.plain)]
    lines += [
        f"> {escaped(quote.quote)}\n>\n> [{escaped(f'[{quote.marker}] {place.title}, {place.place}')}]"
        f"({quote.address.replace('(', '%28').replace(')', '%29')})"
        for place in view.first
        for quote in place.quotes
    ]
    if view.why:
        lines.append(f"{escaped(texts('why.title'))}\\: {escaped(view.why)}")
    lines += [escaped(notice) for notice in (*view.notes, *(words.striptags() for words, _ in view.notices))]
    lines += [f"- {escaped(choice)}" for choice in view.choices]
    if view.ask_next:
        lines.append(escaped(texts("ask_next.text", who=view.ask_next)))
    lines.append(f"*{escaped(texts('ai_mark'))}. {escaped(texts('as_of'))} {escaped(view.as_of_words)}.*")
    return "\n\n".join(line for line in lines if line)


def escaped(text: str) -> str:
    """Text that no Markdown reader takes for markup; on one line."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _said(content: object) -> str:
    """Gradio hands a turn's content over as text or as a list of parts."""
    if isinstance(content, str):
        return content
    parts = content if isinstance(content, list) else []
    return " ".join(str(part.get("text", "")) for part in parts if isinstance(part, dict)).strip()
