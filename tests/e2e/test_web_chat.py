"""The page in a real browser: by keyboard, enlarged, without scripts, with the line cut."""

import asyncio
import shutil
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.test_utils import TestServer
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, Route, async_playwright, expect
from sqlmodel import col, select

from bot.doors.web import Surroundings, open_door
from bot.post.office import open_post
from bot.post.outbox import push
from handlers.conversation import Conversation
from handlers.messages import Choice, Reply
from handlers.texts import common, feedback, plain
from knowledge.store.store import Store, open_store
from knowledge.store.tables import OutboxRow, TurnRow
from tests.citizen import NOON
from tests.patience import PATIENCE

# One browser for all: starting it takes longer than most of the tests.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]

QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
GREETING = "xin chào"
NEWS = "Hồ sơ đã có kết quả"
LARGER = "[data-step='1']"
CONTRAST = "button[data-contrast]"

Visit = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def browser() -> AsyncGenerator[Browser]:
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("there is no Chromium here: apt-get install chromium")
    expect.set_options(timeout=PATIENCE * 1000)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=QUIETLY)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="module")
async def store(database: str) -> AsyncGenerator[Store]:
    async with open_store(database) as store:
        yield store


@pytest_asyncio.fixture(loop_scope="module")
async def address(conversation: Conversation) -> AsyncGenerator[str]:
    async with (
        open_post(conversation) as post,
        open_door(conversation, host="127.0.0.1", port=0, post=post) as where,
    ):
        yield where.removeprefix("web: ")


@pytest_asyncio.fixture(loop_scope="module")
async def visit(browser: Browser, address: str) -> AsyncGenerator[Visit]:
    """Open the page as a new visitor; the arguments are the browser's."""
    async with AsyncExitStack() as stack:

        async def visit(**how: Any) -> Page:
            context = await browser.new_context(base_url=address, **how)
            stack.push_async_callback(context.close)
            context.set_default_timeout(PATIENCE * 1000)
            page = await context.new_page()
            await page.goto("/")
            return page

        yield visit


@pytest_asyncio.fixture(loop_scope="module")
async def page(visit: Visit) -> Page:
    return await visit()


async def ask(page: Page, text: str) -> None:
    """Type, press Enter, and wait for the answer."""
    answers = page.locator("#turns .reply:visible")
    before = await answers.count()
    await page.locator("#text").fill(text)
    await page.keyboard.press("Enter")
    await expect(answers).to_have_count(before + 1)


async def lose(route: Route) -> None:
    """Let a request reach the server, and its answer nobody."""
    await route.fetch()
    await route.abort()


async def dress(page: Page, *buttons: str) -> None:
    """Set letters and colours, which lie folded on a small screen."""
    folded = page.locator(".display:not([open]) summary")
    if await folded.count():
        await folded.click()
    for button in buttons:
        await page.click(button)


async def bottom_of(page: Page, what: str) -> float:
    """Tell how far down the window the last of *what* reaches."""
    box = await page.locator(what).last.bounding_box()
    assert box is not None
    return box["y"] + box["height"]


async def focused(page: Page) -> str:
    where = await page.evaluate("document.activeElement.id || document.activeElement.value")
    return str(where)


async def test_a_talk_needs_nothing_but_a_keyboard(page: Page) -> None:
    await page.keyboard.press("Tab")
    await expect(page.locator(".skip")).to_be_in_viewport()
    await page.keyboard.press("Enter")
    assert await focused(page) == "text"
    await page.keyboard.type("xin chào")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("xin chào")
    await page.keyboard.press("Enter")
    await expect(page.locator("#newest .words")).to_have_text("xin chào\nxin chào")
    assert await focused(page) == "text"
    await page.keyboard.press("Shift+Tab")
    assert await focused(page) == common.CONTACT.sends
    await page.keyboard.press("Shift+Tab")
    assert await focused(page) == common.GIVE_FEEDBACK.sends
    await page.keyboard.press("Enter")
    await expect(page.locator("#newest .words")).to_have_text(common.GIVE_FEEDBACK.label)
    assert await focused(page) == "text"


async def test_enter_belongs_to_the_keyboard_while_it_composes_a_letter(page: Page) -> None:
    await page.locator("#text").fill("tieesng")
    await page.locator("#text").dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    assert await page.locator("#turns .turn").count() == 0
    await page.locator("#text").press("Enter")
    await expect(page.locator("#turns .turn")).to_have_count(1)


async def test_the_new_answer_alone_is_read_out(page: Page) -> None:
    news = page.get_by_role("status")
    await expect(news).to_have_text("")
    await ask(page, GREETING)
    await expect(news).to_contain_text("Đây là trợ lý tự động")
    await ask(page, "cảm ơn")
    await expect(news).to_have_text(common.THANKS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_barrier_is_found_in_any_dress(visit: Visit, scheme: str) -> None:
    page = await visit(bypass_csp=True, color_scheme=scheme, reduced_motion="reduce")
    await ask(page, "giấy phép bưu chính nội tỉnh cần giấy tờ gì")
    assert (await Axe().run(page)).generate_report() == "Found 0 accessibility violations:\n"
    for _ in range(3):
        await page.click(LARGER)
    assert (await Axe().run(page)).violations_count == 0
    await page.click(CONTRAST)
    assert (await Axe().run(page)).violations_count == 0


async def test_nothing_is_cut_off_or_hard_to_hit_on_the_smallest_telephone(
    visit: Visit,
) -> None:
    page = await visit(viewport={"width": 320, "height": 640})
    await ask(page, "máy X-quang")
    for button in ((), (LARGER,), (LARGER,), (LARGER,), (CONTRAST,)):
        await dress(page, *button)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        sizes = await page.locator("button:visible, summary:visible, textarea").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect())"
            ".map(box => Math.min(box.width, box.height))"
        )
        assert min(sizes) >= 44


@pytest.mark.parametrize(
    ("width", "height", "larger", "seen"),
    [(320, 568, 0, 2), (640, 400, 0, 0), (320, 568, 3, 0), (1280, 800, 0, 3)],
    ids=["small", "zoomed", "small with the largest letters", "wide"],
)
async def test_what_is_needed_is_on_the_screen(
    visit: Visit, width: int, height: int, larger: int, seen: int
) -> None:
    """The header leaves room, some choices are seen at once, the box always."""
    page = await visit(viewport={"width": width, "height": height}, reduced_motion="reduce")
    await page.evaluate(f"localStorage.setItem('motcua-size', {larger})")
    await page.reload()
    assert await bottom_of(page, "header") <= height * (0.2 if not larger else 0.5)
    top_of_box = height - (await page.locator("#talk").evaluate("one => one.clientHeight"))
    for choice in range(seen):
        assert await bottom_of(page, f"#choices button:nth-child({choice + 1})") <= top_of_box
    for text in (GREETING, "giấy phép bưu chính nội tỉnh cần giấy tờ gì"):
        await ask(page, text)
        assert await bottom_of(page, "#text") <= height
        assert await bottom_of(page, ".send") <= height
        assert top_of_box >= height * 0.6
        await expect(page.locator("#newest .words")).to_be_in_viewport()


async def test_the_way_to_a_person_stands_once_among_the_buttons(page: Page) -> None:
    person = page.get_by_role("button", name=common.CONTACT.label)
    await expect(person).to_have_count(1)
    await ask(page, GREETING)
    await expect(person).to_have_count(1)
    await person.click()
    await expect(page.locator("#newest .words")).to_have_text(common.CONTACT.label)


async def test_size_and_contrast_are_remembered(page: Page) -> None:
    for button in (LARGER, LARGER, LARGER, CONTRAST):
        await page.click(button)
    await page.reload()
    letters = await page.evaluate("getComputedStyle(document.body).fontSize")
    assert letters == "32px"
    await expect(page.locator(CONTRAST)).to_have_attribute("aria-pressed", "true")
    await page.click("[data-step='0']")
    assert await page.evaluate("getComputedStyle(document.body).fontSize") == "18px"


async def test_without_scripts_the_talk_goes_on_by_forms(visit: Visit) -> None:
    page = await visit(java_script_enabled=False)
    await expect(page.locator(CONTRAST)).to_be_hidden()
    await page.fill("#text", GREETING)
    await page.click(".send")
    await expect(page.locator("#newest .words")).to_have_text(GREETING)
    await expect(page.locator("#newest")).to_be_in_viewport()
    await page.click(f"#choices button[value='{common.GIVE_FEEDBACK.sends}']")
    await expect(page.locator("#newest .words")).to_have_text(common.GIVE_FEEDBACK.label)
    await page.click("text=Thôi, không làm nữa")
    await expect(page.locator("#newest .reply")).to_contain_text(common.CANCELLED)
    assert page.url.endswith("/#newest")


async def test_reloading_keeps_the_talk_and_doubles_nothing(page: Page) -> None:
    await ask(page, GREETING)
    await ask(page, "cảm ơn")
    await page.reload()
    await ask(page, "tạm biệt")
    words = page.locator("#turns .words")
    assert await words.all_inner_texts() == [GREETING, "cảm ơn", "tạm biệt"]


async def test_what_met_a_cut_line_goes_by_itself_in_order_and_once(
    page: Page,
) -> None:
    await ask(page, GREETING)
    await page.context.set_offline(True)
    for text in ("cảm ơn", "tạm biệt"):
        await page.fill("#text", text)
        await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_have_count(2)
    assert await page.input_value("#text") == ""
    await page.context.set_offline(False)
    await expect(page.locator("#turns .reply:visible")).to_have_count(3)
    await expect(page.get_by_role("alert")).to_have_count(0)
    await page.reload()
    said = [GREETING, "cảm ơn", "tạm biệt"]
    assert await page.locator("#turns .words").all_inner_texts() == said


async def test_a_reload_loses_neither_what_was_not_sent_nor_what_is_being_written(
    page: Page,
) -> None:
    await page.route("**/messages", lambda route: route.abort())
    await page.fill("#text", "cảm ơn")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_contain_text("Chưa gửi được")
    await page.fill("#text", "đang viết dở")
    await page.reload()
    await expect(page.get_by_role("alert")).to_contain_text("Chưa gửi được")
    await expect(page.locator("#turns .words")).to_have_text("cảm ơn")
    assert await page.input_value("#text") == "đang viết dở"
    await page.unroute_all()
    await page.reload()
    await expect(page.locator("#newest .reply")).to_contain_text(common.THANKS)
    await page.reload()
    assert await page.locator("#turns .words").all_inner_texts() == ["cảm ơn"]
    await page.fill("#text", "")
    kept = await page.evaluate("Object.values(sessionStorage).concat(Object.values(localStorage))")
    assert sorted(kept) == ['""', "[]"]


async def test_what_was_answered_to_a_page_that_was_reloading_is_shown_once(page: Page) -> None:
    await page.route("**/events*", lambda route: route.abort())
    await page.reload()
    await page.route("**/messages", lose, times=1)
    await page.fill("#text", "cảm ơn")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.reload()
    await expect(page.locator("#turns .reply:visible")).to_have_count(1)
    await expect(page.locator("#turns .turn")).to_have_count(1)
    assert await page.locator("#turns .words").all_inner_texts() == ["cảm ơn"]


async def test_an_answer_lost_on_the_way_comes_by_the_stream(page: Page) -> None:
    await page.route("**/messages", lose)
    await ask(page, GREETING)
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_a_resent_message_whose_answer_was_lost_is_answered_once(
    page: Page,
) -> None:
    await page.route("**/events*", lambda route: route.abort())
    await page.reload()
    await page.route("**/messages", lose, times=1)
    await page.fill("#text", GREETING)
    await page.keyboard.press("Enter")
    await page.get_by_role("button", name="Gửi lại").click()
    await expect(page.locator("#newest .reply")).to_contain_text("Chào Ông/Bà")
    await page.reload()
    assert await page.locator("#turns .words").all_inner_texts() == [GREETING]


async def test_what_is_said_on_one_page_is_seen_on_the_other(page: Page) -> None:
    other = await page.context.new_page()
    await other.goto("/")
    await ask(page, "gọi tôi số 0912345678")
    masked = "gọi tôi số [điện thoại]"
    await expect(other.locator("#newest .words")).to_have_text(masked)
    await expect(page.locator("#newest .words")).to_have_text(masked)
    once = await other.locator("#turns p").all_inner_texts()
    assert await page.locator("#turns p").all_inner_texts() == once


async def tell(store: Store, key: str, *choices: Choice) -> None:
    """Write news down for whoever has talked, as an officer's work does."""
    async with store.transaction() as session:
        for chat in set(await session.exec(select(TurnRow.chat))):
            reply = Reply(f"{NEWS}: {key}.", choices)
            await push(session, channel="web", chat=chat, reply=reply, key=key, at=NOON)
    async with asyncio.timeout(PATIENCE):
        while await are_under_way(store):  # noqa: ASYNC110 - a table rings no bell
            await asyncio.sleep(0.01)


async def are_under_way(store: Store) -> bool:
    async with store.transaction() as session:
        open_ = select(OutboxRow).where(col(OutboxRow.settled_at).is_(None))
        return (await session.exec(open_)).first() is not None


async def test_news_come_to_an_open_page_are_read_out_and_stay(page: Page, store: Store) -> None:
    await page.click(f"#choices button[value='{common.GIVE_FEEDBACK.sends}']")
    await expect(page.locator("#choices button[value='/huy']")).to_be_visible()
    await page.fill("#text", "đang viết dở")
    await tell(store, "một", Choice("Xem hồ sơ", "/hoso"))
    await expect(page.locator("#newest .reply")).to_contain_text(f"{NEWS}: một.")
    await expect(page.locator("#newest .said")).to_have_count(0)
    await expect(page.get_by_role("status")).to_have_text(f"{NEWS}: một.")
    assert (await page.input_value("#text"), await focused(page)) == ("đang viết dở", "text")
    offered = page.locator("#choices button:visible")
    assert (await offered.all_inner_texts())[0] == "Xem hồ sơ"
    await expect(page.locator("#choices button[value='/huy']")).to_be_visible()
    shown = [await offered.all_inner_texts(), await page.locator("#turns p").all_inner_texts()]
    await page.reload()
    assert shown == [
        await offered.all_inner_texts(),
        await page.locator("#turns p").all_inner_texts(),
    ]
    await offered.first.click()
    await expect(page.locator("#newest .words")).to_have_text("Xem hồ sơ")
    await expect(page.get_by_role("button", name="Xem hồ sơ")).to_have_count(0)


async def test_news_that_met_a_cut_line_come_once_and_in_order(page: Page, store: Store) -> None:
    await ask(page, GREETING)
    await page.route("**/events*", lambda route: route.abort())
    await page.reload()
    await tell(store, "một")
    await ask(page, "cảm ơn")
    await tell(store, "hai")
    await page.unroute_all()
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    replies = page.locator("#turns .reply:visible")
    await expect(replies).to_have_count(4)
    told = await replies.all_inner_texts()
    assert [NEWS in text for text in told] == [False, True, False, True]
    await page.reload()
    assert await replies.all_inner_texts() == told


async def test_without_scripts_news_stand_in_the_talk(visit: Visit, store: Store) -> None:
    page = await visit(java_script_enabled=False)
    await page.fill("#text", GREETING)
    await page.click(".send")
    await tell(store, "một")
    await page.reload()
    await expect(page.locator("#newest .reply")).to_contain_text(f"{NEWS}: một.")
    await expect(page.locator("#turns .turn")).to_have_count(2)
    await expect(page.locator("#choices button")).to_have_count(
        len(common.MENU) - 1
    )  # and the way to a person


async def test_markup_in_words_stays_words(page: Page) -> None:
    attack = "<img src=x onerror=alert(1)>"
    await ask(page, attack)
    await expect(page.locator("#newest .words")).to_have_text(attack)
    await ask(page, common.CONTACT.sends)
    await expect(page.locator(f"#newest a[href='{common.PORTAL}']")).to_be_visible()


async def test_only_the_newest_choices_can_be_tapped(page: Page) -> None:
    await page.click(f"#choices button[value='{common.GIVE_FEEDBACK.sends}']")
    cancel = page.locator("#choices button[value='/huy']")
    await cancel.click()
    await expect(cancel).to_have_count(0)
    await expect(page.locator("#choices button")).to_have_count(
        len(common.MENU) - 1
    )  # and the way to a person


async def test_plain_language_is_one_tap_away(page: Page) -> None:
    await dress(page, f"button[value='{plain.ON.sends}']")
    await expect(page.locator("#newest .reply")).to_contain_text("lời dễ hiểu hơn")
    await ask(page, "giấy phép bưu chính nội tỉnh phí bao nhiêu")
    await expect(page.locator("#newest .reply")).to_contain_text("Giải nghĩa:")


async def test_a_checklist_is_ticked_and_printed(visit: Visit) -> None:
    page = await visit(bypass_csp=True, viewport={"width": 320, "height": 640})
    await ask(page, "/ds 1.005444")
    await page.get_by_role("button", name="Số 2: đã có").click()
    await expect(page.locator("#newest .reply")).to_contain_text("Đã có 1 trên 4 giấy")
    sheet = page.locator("#newest").get_by_role("link", name="Trang để in")
    async with page.context.expect_page() as opened:
        await sheet.click()
    printed = await opened.value
    await expect(printed.locator("li.there")).to_have_count(1)
    await expect(printed.locator("li.missing")).to_have_count(3)
    assert (await Axe().run(printed)).generate_report() == "Found 0 accessibility violations:\n"
    assert await printed.evaluate("document.documentElement.scrollWidth") <= 320
    await printed.emulate_media(media="print")
    await expect(printed.locator("header")).to_be_hidden()
    await expect(printed.get_by_role("button", name="In trang này")).to_be_hidden()


async def test_the_chat_stands_on_another_page_by_one_script_tag(
    browser: Browser, conversation: Conversation
) -> None:
    """The portal is another site: its page is on localhost, the chat on 127.0.0.1."""

    async def portal(_: web.Request) -> web.Response:
        tag = f'<button id="own">Mục lục</button><script src="{chat}/embed.js"></script>'
        page = f'<!doctype html><html lang="vi"><title>Cổng</title><main>{tag}</main>'
        return web.Response(text=page, content_type="text/html")

    app = web.Application()
    app.router.add_get("/", portal)
    async with AsyncExitStack() as stack:
        server = await stack.enter_async_context(TestServer(app, host="127.0.0.1"))
        outside = f"http://localhost:{server.port}"
        door = open_door(
            conversation, host="127.0.0.1", port=0, around=Surroundings(framed_by=(outside,))
        )
        chat = (await stack.enter_async_context(door)).removeprefix("web: ")
        context = await browser.new_context(viewport={"width": 320, "height": 640})
        stack.push_async_callback(context.close)
        page = await context.new_page()
        await page.goto(outside)
        await page.get_by_role("button", name="Hỏi Một Cửa").click()
        frame = page.frame_locator("iframe[title='Hỏi Một Cửa']")
        await frame.locator("#text").fill(GREETING)
        await page.keyboard.press("Enter")
        await expect(frame.locator("#newest .reply")).to_contain_text("Chào Ông/Bà")
        await frame.locator("#text").fill("cảm ơn")
        await page.keyboard.press("Enter")
        await expect(frame.locator("#newest .reply")).to_contain_text(common.THANKS)
        await expect(frame.locator("#turns .turn")).to_have_count(2)
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("button", name="Hỏi Một Cửa")).to_be_focused()
        ours = "Object.keys(window).filter(name => /motcua/i.test(name))"
        assert await page.evaluate(ours) == []


JPEG = {
    "name": "ảnh của An.jpg",
    "mimeType": "image/jpeg",
    "buffer": b"\xff\xd8\xff\xe0 a picture",
}
SEND_FILE = "#attach button"


async def begin_feedback(page: Page) -> None:
    """Bring a citizen to where a file is wanted."""
    for text in ("/gopy", feedback.ABOUT_CONDUCT.sends):
        await ask(page, text)


async def test_a_picture_is_sent_with_feedback_by_keyboard_alone(page: Page) -> None:
    await expect(page.locator("#proof")).to_be_hidden()
    await begin_feedback(page)
    chosen = page.get_by_label("Gửi kèm ảnh, PDF hoặc Word")
    await chosen.set_input_files(JPEG)  # type: ignore[arg-type]
    await chosen.focus()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator("#newest .reply")).to_contain_text("Đã nhận tệp")
    await expect(page.locator("#newest .words")).to_have_text(feedback.FILE_SENT)
    await expect(page.get_by_role("status")).to_contain_text("Đã nhận tệp")
    assert await chosen.input_value() == ""
    await ask(page, "/huy")
    await expect(page.locator("#proof")).to_be_hidden()


async def test_an_upload_that_met_a_cut_line_is_sent_again_with_its_file(page: Page) -> None:
    await begin_feedback(page)
    await page.context.set_offline(True)
    await page.set_input_files("#proof", JPEG)  # type: ignore[arg-type]
    await page.click(SEND_FILE)
    await expect(page.get_by_role("alert")).to_contain_text("Chưa gửi được")
    await page.context.set_offline(False)
    await expect(page.locator("#newest .reply")).to_contain_text("đang kèm 1 tệp")
    await expect(page.get_by_role("alert")).to_have_count(0)


async def test_a_file_too_large_is_told_before_it_is_sent(page: Page) -> None:
    await begin_feedback(page)
    await page.evaluate("document.getElementById('attach').dataset.most = 5")
    await page.set_input_files("#proof", JPEG)  # type: ignore[arg-type]
    said = await page.locator("#proof").evaluate("one => one.validationMessage")
    assert said == "Tệp này lớn quá 10 MB."
    turns = await page.locator("#turns .turn").count()
    await page.click(SEND_FILE)
    assert await page.locator("#turns .turn").count() == turns


async def test_without_scripts_a_file_is_sent_by_a_form(visit: Visit) -> None:
    page = await visit(java_script_enabled=False)
    await expect(page.locator("#proof")).to_be_hidden()
    for text in ("/gopy", feedback.ABOUT_CONDUCT.sends):
        await page.fill("#text", text)
        await page.click(".send")
    await page.set_input_files("#proof", JPEG)  # type: ignore[arg-type]
    await page.click(SEND_FILE)
    await expect(page.locator("#newest .reply")).to_contain_text("Đã nhận tệp")
    await expect(page.locator("#newest .words")).to_have_text(feedback.FILE_SENT)
    await expect(page.locator("#proof")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_barrier_stands_before_the_files_on_the_smallest_telephone(
    visit: Visit, scheme: str
) -> None:
    page = await visit(
        bypass_csp=True,
        color_scheme=scheme,
        reduced_motion="reduce",
        viewport={"width": 320, "height": 640},
    )
    await begin_feedback(page)
    for button in ((), (LARGER,), (LARGER,), (LARGER,), (CONTRAST,)):
        await dress(page, *button)
        assert (await Axe().run(page)).generate_report() == "Found 0 accessibility violations:\n"
        assert await page.evaluate("document.documentElement.scrollWidth") <= 320
        sizes = await page.locator("#attach input:visible, #attach button").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect())"
            ".map(box => Math.min(box.width, box.height))"
        )
        assert len(sizes) == 2
        assert min(sizes) >= 44
