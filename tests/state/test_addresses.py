"""Which addresses are one article, and which are not: a table of families, views and traps."""

from __future__ import annotations

import pytest

from state.identity import article_key, canonical_url, is_alternate, page_identity

#: Each row is one article: all of its addresses have one key, which no other row has.
ONE_ARTICLE: tuple[tuple[str, ...], ...] = (
    (
        "https://www.rfa.org/english/news/cambodia/defect-11062017170405.html",
        "http://rfa.org/english/women/defect-11062017170405.html/",
        "https://www.rfa.org/english/news/cambodia/defect-11062017170405",
        "https://www.rfa.org/english/news/cambodia/defect-11062017170405.html?searchterm:utf8:ustring=hun+sen",
        "https://www.rfa.org/english/news/cambodia/defect-11062017170405.html?searchterm=None&utm_source=x",
        "https://www.rfa.org/english/news/cambodia/defect-11062017170405.html/ampRFA",
        "https://www.rfa.org/english/news/cambodia/defect-11062017170405.html/story_print",
        "https://www.rfa.org/khmer/178017c6178e17b6/defect-11062017170405.html#comments",
        "https://www.rfaweb.org/english/news/cambodia/defect-11062017170405.html",
        "https://d2x9.cloudfront.net/english/news/cambodia/defect-11062017170405.html",
        "https://web.archive.org/web/20171107093015/https://www.rfa.org/english/news/cambodia/defect-11062017170405.html",
        "http://WWW.RFA.ORG:80/english//news/cambodia/defect-11062017170405.html?encoding=",
    ),
    (
        "https://www.rfa.org/english/news/china/defect-11062017170405-1.html",
        "https://www.rfa.org/english/defect-11062017170405-1",
    ),
    (
        "https://www.rfa.org/cantonese/news/defect-11062017170405.html?encoding=traditional",
        "http://rfa.org/cantonese/news/htm/defect-11062017170405.html?encoding=Traditional&utm_campaign=q",
    ),
    ("https://www.rfa.org/cantonese/news/defect-11062017170405.html?encoding=simplified",),
    (
        "https://www.rfa.org/english/cambodia/montagnards-20040730.html",
        "https://rfa.org/english/montagnards-20040730.html?searchterm=None",
    ),
    (
        "https://www.rfa.org/english/tibet/2025/03/12/tibet-dalai-lama-book/",
        "https://www.rfa.org/english/tibet/2025/03/12/tibet-dalai-lama-book",
        "http://rfa.org/english/2025/03/12/tibet-dalai-lama-book/?outputType=amp",
        "https://www.rfa.org/english/china/tibet/2025/03/12/tibet-dalai-lama-book/index.html",
        "https://www.rfa.org/english/tibet/2025/03/12/tibet-dalai-lama-book/?utm_medium=rss#top",
        "https://radiofreeasia-radio-free-asia-prod.web.arc-cdn.net/english/tibet/2025/03/12/tibet-dalai-lama-book/",
        "https://www-rfa-org.cdn.ampproject.org/c/s/www.rfa.org/english/tibet/2025/03/12/tibet-dalai-lama-book/",
    ),
    ("https://www.rfa.org/mandarin/tibet/2025/03/12/tibet-dalai-lama-book/",),
    ("https://www.rfa.org/english/tibet/2025/03/13/tibet-dalai-lama-book/",),
    (
        "https://www.voanews.com/a/cambodia-party-dissolved/4121234.html",
        "https://www.voanews.com/a/4121234.html",
        "https://www.voanews.eu/a/cambodia-party-dissolved/4121234.html",
        "http://voacambodia.com/a/4121234.html",
        "https://khmer.voanews.com/a/4121234.html?nocache=1",
        "https://www.voanews.com/amp/cambodia-party-dissolved/4121234.html",
        "https://www.voanews.com/a/another-slug-now/4121234.html/",
        "https://m.voanews.com/a/4121234.html#comments",
    ),
    ("https://khmer.voanews.com/a/a-40-2008-07-01/1355.html", "https://www.voacambodia.com/a/1355.html"),
    (
        "https://www.rferl.org/a/minister-quits/31234567.html",
        "https://www.rferl.org/a/31234567.html",
        "https://www.rferl.org/amp/minister-quits/31234567.html",
    ),
    (
        "https://aseannow.com/topic/1299681-many-defect/",
        "https://www.aseannow.com/topic/1299681-renamed-since/page/3/?do=findComment&comment=9#comment-9",
        "https://aseannow.com/topic/1299681-many-defect/?do=getNewComment",
        "https://aseannow.com/topic/1299681",
    ),
    (
        "https://ips.example/index.php?/topic/55-title/",
        "https://ips.example/index.php?/topic/55-title/page/2/",
        "https://ips.example/index.php?showtopic=55&st=20",
        "https://ips.example/lofiversion/index.php/t55.html",
    ),
    (
        "https://xf.example/threads/some-title.3001/",
        "https://xf.example/threads/other-title.3001/page-2#post-7",
        "https://xf.example/threads/3001/",
        "https://xf.example/index.php?threads/some-title.3001/post-99",
        "https://xf.example/threads/some-title.3001/latest",
    ),
    (
        "https://talk.example/t/ward-members-leave/77",
        "https://talk.example/t/renamed/77/5?u=someone",
        "https://talk.example/t/77",
        "https://talk.example/t/77/12",
        "https://talk.example/t/ward-members-leave/77.json",
        "https://talk.example/t/ward-members-leave/77/print",
    ),
    (
        "https://board.example/viewtopic.php?f=4&t=167",
        "https://board.example/viewtopic.php?t=167&start=20&sid=0123456789abcdef",
        "https://board.example/viewtopic.php?f=4&amp;t=167&amp;view=print",
        "https://m.board.example/viewtopic.php?t=167&hilit=party#p99",
    ),
    (
        "https://vb.example/showthread.php?44-Pilots&s=22c0ffee",
        "https://vb.example/showthread.php?t=44&page=2",
        "https://vb.example/showthread.php/44-Pilots/page3",
        "https://vb.example/printthread.php?t=44",
        "https://vb.example/archive/index.php/t-44.html",
        "https://vb.example/threads/44-pilots/page3",
    ),
    ("https://mybb.example/thread-44.html", "https://mybb.example/showthread.php?tid=44&pid=9#pid9"),
    ("https://smf.example/index.php?topic=12.0", "https://smf.example/index.php/topic,12.15.html"),
    ("https://nodebb.example/topic/912/party-split", "https://nodebb.example/topic/912/renamed/14"),
    ("https://flarum.example/d/31-party-split", "https://flarum.example/d/31-party-split/7"),
    (
        "https://news.example/politics/two-join-the-other-party",
        "http://news.example/politics/two-join-the-other-party/",
        "https://www.news.example/politics/two-join-the-other-party.html",
        "https://news.example:443/politics/two-join-the-other-party?utm_source=t&fbclid=x&gclid=y&mc_eid=z",
        "https://m.news.example/politics/two-join-the-other-party",
        "https://amp.news.example/politics/two-join-the-other-party",
        "https://news.example/amp/politics/two-join-the-other-party",
        "https://news.example/politics/two-join-the-other-party/amp/",
        "https://news.example/politics/two-join-the-other-party.amp.html",
        "https://news.example/politics/two-join-the-other-party?amp",
        "https://news.example/politics/two-join-the-other-party?print=1",
        "https://news.example/print/politics/two-join-the-other-party",
        "https://news.example/politics/two-join-the-other-party/print",
        "https://news.example/politics/two-join-the-other-party;jsessionid=AB12CD",
        "https://news.example/politics/two-join-the-other-party?PHPSESSID=1&sid=2&ASPSESSIONIDAAA=3",
        "https://news.example/politics/two-join-the-other-party?page=1&ref=home&share=facebook",
        "https://news.example/politics/two-join-the-other-party?source=rss&from=timeline&view=full",
        "https://news-example.cdn.ampproject.org/v/s/news.example/politics/two-join-the-other-party?usqp=mq331AQ",
        "https://www.google.com/amp/s/news.example/politics/two-join-the-other-party/amp",
        "https://NEWS.example./politics/two-join-the-other-party#:~:text=party",
    ),
    ("https://news.example/politics/two-join-the-other-party?page=2",),
    ("https://news.example/politics/two-join-the-other-party?lang=km",),
    ("https://other.example/politics/two-join-the-other-party",),
    (
        "https://news.example/ព័ត៌មាន/គណបក្ស",
        "https://news.example/%E1%9E%96%E1%9F%90%E1%9E%8F%E1%9F%8C%E1%9E%98%E1%9E%B6%E1%9E%93/គណបក្ស/",
        "https://news.example/%e1%9e%96%e1%9f%90%e1%9e%8f%e1%9f%8c%e1%9e%98%e1%9e%b6%e1%9e%93/%e1%9e%82%e1%9e%8e%e1%9e%94%e1%9e%80%e1%9f%92%e1%9e%9f",
    ),
    ("https://báo.example/đảng", "https://xn--bo-mia.example/đảng", "https://ba\u0301o.example/\u0111a\u0309ng"),
    ("https://news.example/article.php?id=1234", "http://news.example/article.php?utm_id=9&id=1234&sid=77"),
    ("https://news.example/article.php?id=1235",),
    ("https://news.example/article.php?1234",),
    ("https://news.example/article.php?1235",),
    ("https://news.example/article.php?view=1234", "https://news.example/article.php?view=1234&from=rss"),
    ("https://news.example/article.php?cid=1234",),
    ("https://news.example/index.php?id=7",),
    ("https://news.example/index.php?id=8",),
    ("https://news.example/topic/2024-election/how-they-won",),
    ("https://news.example/topic/2024-election/who-they-joined",),
    ("https://news.example/t/2024/03/how-they-won",),
    ("https://news.example/t/2024/03/who-they-joined",),
    ("https://news.example/threads/2024/how-they-won",),
    ("https://news.example/threads/2024/who-they-joined",),
    ("https://news.example/a-story", "https://news.example/a-story/index.html", "https://news.example/a-story/index.php"),
    ("https://news.example/a-story-2",),
    ("http://[::1]:8000/a-story", "https://[::1]:8000/a-story/"),
    ("http://127.0.0.1:8001/a-story",),
    ("http://127.0.0.1:8002/a-story",),
)  # fmt: skip


@pytest.mark.parametrize("addresses", ONE_ARTICLE, ids=lambda row: row[0].partition("://")[2])
def test_all_addresses_of_one_article_have_one_key(addresses: tuple[str, ...]) -> None:
    keys = {address: article_key(address) for address in addresses}

    assert set(keys.values()) == {keys[addresses[0]]}


def test_no_two_articles_share_a_key() -> None:
    keys = [article_key(addresses[0]) for addresses in ONE_ARTICLE]

    assert len(set(keys)) == len(ONE_ARTICLE)


@pytest.mark.parametrize("addresses", ONE_ARTICLE, ids=lambda row: row[0].partition("://")[2])
def test_a_canonical_address_is_its_own_and_keeps_the_key(addresses: tuple[str, ...]) -> None:
    for address in addresses:
        canonical = canonical_url(address)
        assert canonical_url(canonical) == canonical
        assert article_key(canonical) == article_key(address)


@pytest.mark.parametrize(
    ("url", "named", "canonical", "key"),
    [
        # What the page names is cleaned like any other address.
        ("https://n.example/a-b-c-d?x=1", "https://www.n.example/a-b-c-d/?utm_source=self&PHPSESSID=3", "https://n.example/a-b-c-d", "https://n.example/a-b-c-d"),
        ("https://n.example/?p=1234", "https://n.example/2026/11/two-join-other-party/", "https://n.example/2026/11/two-join-other-party", "https://n.example/2026/11/two-join-other-party"),
        ("https://n.example/printer/77123", "https://n.example/news/slug-77123.html", "https://n.example/news/slug-77123.html", "https://n.example/news/slug-77123"),
        ("https://amp.n.example/s/party-split-in-two", "https://www.n.example/news/party-split-in-two", "https://n.example/news/party-split-in-two", "https://n.example/news/party-split-in-two"),
        ("https://b.example/viewtopic.php?p=999#p999", "https://b.example/viewtopic.php?t=167", "https://b.example/viewtopic.php?t=167", "b.example:167"),
        ("https://www.voanews.eu/a/4121234.html", "https://www.voanews.com/a/slug/4121234.html", "https://voanews.com/a/slug/4121234.html", "voa:4121234"),
        # What cannot be one article's is not believed: nothing is merged by it.
        ("https://n.example/news/two-join-party", "https://n.example/", "https://n.example/news/two-join-party", "https://n.example/news/two-join-party"),
        ("https://n.example/news/two-join-party", "https://n.example/news", "https://n.example/news/two-join-party", "https://n.example/news/two-join-party"),
        ("https://n.example/news/a-b-c-d?page=2", "https://n.example/news/a-b-c-d", "https://n.example/news/a-b-c-d?page=2", "https://n.example/news/a-b-c-d?page=2"),
        ("https://n.example/article.php?id=7", "https://n.example/article.php", "https://n.example/article.php?id=7", "https://n.example/article.php?id=7"),
        ("https://n.example/article?name=vote", "https://n.example/article", "https://n.example/article?name=vote", "https://n.example/article?name=vote"),
        ("https://n.example/party-split?x=1", "https://n.example/party-split", "https://n.example/party-split", "https://n.example/party-split"),
        # Nobody is believed about another's site, and a family's number is never renamed.
        ("https://evil.example/x", "https://www.rfa.org/english/defect-11062017170405.html", "https://evil.example/x", "https://evil.example/x"),
        ("https://www.rfa.org/english/a-11062017170405.html", "https://www.rfa.org/english/b-11072017170405.html", "https://rfa.org/english/a-11062017170405.html", "rfa:a-11062017170405"),
        ("https://www.rfa.org/english/a-11062017170405.html", None, "https://rfa.org/english/a-11062017170405.html", "rfa:a-11062017170405"),
    ],
)  # fmt: skip
def test_a_page_is_what_it_names_itself_only_where_that_can_be_one_article(
    url: str, named: str | None, canonical: str, key: str
) -> None:
    assert page_identity(url, named) == (canonical, key)


@pytest.mark.parametrize(
    ("url", "alternate"),
    [
        ("https://n.example/amp/a-story", True),
        ("https://n.example/a-story?outputType=amp", True),
        ("https://n.example/a-story/print", True),
        ("https://amp.n.example/a-story", True),
        ("https://www.voanews.eu/a/4121234.html", True),
        ("https://d1.cloudfront.net/english/a-11062017170405.html", True),
        ("https://web.archive.org/web/2017/https://n.example/a-story", True),
        ("https://n.example/a-story?utm_source=x", False),
        ("https://n.example/champ/a-story", False),
        ("https://n.example/blueprint", False),
    ],
)
def test_another_rendering_is_told_by_its_address(url: str, alternate: bool) -> None:
    assert is_alternate(url) is alternate


@pytest.mark.parametrize(
    "url",
    [
        "",
        "   ",
        "javascript:alert(1)",
        "data:text/html,<b>x</b>",
        "//",
        "http://",
        "https://[::1",
        "https://x:99999/a",
        "https://user:pass@n.example/a",
        "https://n.example/\ud800",
        "https://n.example/%ff%fe%00%0a?%ff=%00",
        "https://n.example/a?" + "&".join(f"p{n}=1" for n in range(5000)),
        "https://n.example/" + "a-" * 50_000 + "1",
        "https://www.rfa.org/" + "-1" * 50_000,
        "https://n.example/threads/" + "." * 50_000,
        "https://n.example/showthread.php?" + "t" * 50_000,
        "https://n.example" + "/topic/1" * 10_000,
        "https://" + "ខ" * 300 + ".example/a",
    ],
    ids=lambda url: url[:30].encode("ascii", "backslashreplace").decode(),
)
def test_a_hostile_address_has_a_short_key_and_no_password(url: str) -> None:
    key = article_key(url)

    assert key
    assert len(key) <= 1200
    assert "pass" not in key
    assert canonical_url(canonical_url(url)) == canonical_url(url)
