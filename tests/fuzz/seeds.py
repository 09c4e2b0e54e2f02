"""Small documents of every kind that the fuzzers start from, beside the golden pages."""

from __future__ import annotations

import json

_P = "<p>The council heard the report about the old bridge on Monday, and members asked who would pay for it.</p>"
PAGES = (
    (
        '<html lang="en"><head><title>Bridge report heard | Valley Post</title><meta property="og:title" content="Bridge report heard">'
        '<meta property="article:published_time" content="2026-10-01T09:30:00+07:00"><script type="application/ld+json">'
        '{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"Bridge report heard","author":[{"name":"Ann Example"}],'
        '"datePublished":"2026-10-01T09:30:00+07:00","articleBody":"x"}]}</script></head><body><nav><a href="/">Home</a></nav>'
        f"<article><h1>Bridge report heard</h1>{_P * 3}<h2>Who pays</h2>{_P}<ul><li>One side</li><li>Another</li></ul>"
        '<figure><img src="/a.jpg" alt="b"><figcaption>The bridge. <span class="credit">Bo Sample</span></figcaption></figure>'
        f'{_P}</article><div id="comments"><div class="comment" id="comment-1"><span class="author">Cy</span><time datetime="2026-10-02T08:00:00Z">x</time>'
        '<div class="comment-body">Nobody asked us.</div></div></div></body></html>'
    ).encode(),
    (
        '<html><head><meta charset="tis-620"><title>หัวข้อ</title></head><body><table><tr><td>'
        "ศาลมีคำสั่งยุบพรรคเมื่อวันจันทร์<br><br>กรรมการบริหารพรรคถูกตัดสิทธิเป็นเวลาสิบปี<br><br>สมาชิกพรรคย้ายไปอยู่พรรคใหม่</td></tr></table></body></html>"
    ).encode("cp874"),
    (
        '<html dir="rtl" lang="ar"><body><main><h1>عنوان الخبر</h1><p>قال المتحدث إن الحزب سيعلن قراره يوم الاثنين.</p>'
        '<blockquote>لن نغير موقفنا</blockquote></main><script id="__NEXT_DATA__" type="application/json">'
        '{"props":{"pageProps":{"article":{"title":"x","body":"<p>y</p>"}}}}</script></body></html>'
    ).encode(),
    (
        b'<html><body><div class="post hentry"><h3 class="post-title">Title of it</h3><div class="post-body">'
        b'First words of it.<br /><br />Second words of it, and more of them.</div></div><ol class="commentlist"><li class="comment" id="comment-5">'
        b'<cite class="fn">Dee</cite> says: <p>Words</p></li></ol></body></html>'
    ),
)  # fmt: skip
DISCOVERED = (
    b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"><channel><title>t</title><link>https://news.example/</link>
<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="?page=2"/><item><title>A &amp; B</title><link>https://news.example/a-b-c-d</link>
<guid isPermaLink="false">1</guid><dc:creator>Ann</dc:creator><category>x</category><media:content url="/i.jpg"/><pubDate>Sat, 21 Nov 2026 10:00:00 +0000</pubDate>
<description>words</description><content:encoded><![CDATA[<p>x</p>]]></content:encoded></item></channel></rss>""",
    b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://news.example/"><id>x</id><entry><id>tag:1</id><title type="html">a&lt;b&gt;c</title>
<link rel="alternate" href="/a-b-c-d"/><updated>2026-11-21T10:00:00Z</updated><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>x</p></div>
</content><author><name>n</name></author></entry></feed>""",
    b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel/><item rdf:about="https://news.example/a">
<title>t</title><link>https://news.example/a</link></item></rdf:RDF>""",
    json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "t", "next_url": "/2", "items": [
        {"id": 1, "url": "/a", "title": "t", "content_html": "<p>x</p>", "authors": [{"name": "n"}], "tags": ["a"],
         "date_published": "2026-11-21T10:00:00+07:00"}, {"id": "2", "external_url": "https://x.example/b"}]}).encode(),
    b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://x.example/a</loc><lastmod>2026-11-21T10:00:00+07:00</lastmod><news:news><news:publication><news:language>km</news:language></news:publication>
<news:publication_date>2026-11-21</news:publication_date><news:title>t</news:title></news:news></url></urlset>""",
    b"<sitemapindex><sitemap><loc>https://x.example/1.xml</loc><lastmod>2026-11-21</lastmod></sitemap></sitemapindex>",
    b"https://x.example/a\nhttps://x.example/b\n",
    b"""<html><body><ul><li class="ipsDataItem" data-rowid="1"><h4 class="ipsDataItem_title"><a href="/topic/1-a/">T</a></h4>
<time datetime="2026-11-21T10:00:00Z">x</time></li><li class="row"><a class="topictitle" href="?t=1">x</a></li></ul>
<article><h2><a href="/2026/11/21/council-hears-the-report">Council hears the report on the bridge</a></h2></article></body></html>""",
    json.dumps({"topic_list": {"more_topics_url": "/l?page=1", "topics": [{"id": 1, "slug": "a", "title": "t", "created_at": "2026-11-21T10:00:00Z", "posts_count": 3}]}}).encode(),
    b"""<opml version="2.0"><head><title>x</title></head><body><outline text="N" type="rss" xmlUrl="https://x.example/f" htmlUrl="https://x.example/"/></body></opml>""",
)  # fmt: skip
RECORD = json.dumps(
    {
        "@id": "https://x.rfaweb.org/khmer/a-01142021143304.html",
        "title": "T",
        "effective": "2021-01-14T19:33:08Z",
        "text": {"data": "<p>x</p>"},
        "subjects": ["a"],
        "parent": {"title": "p"},
        "image_caption": "c",
    }
).encode()
