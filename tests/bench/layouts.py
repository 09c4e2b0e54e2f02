"""Pages to measure parsers with: one of each layout, 190 KB, built as its software's own theme builds it.

What stands around the text is what stands on real pages, in like shares: a head
with its data, style sheets and scripts (a third of the bytes), a menu of many
levels, boxes of other stories, and in a forum what each post says of its author
and offers to do.  Visible text is a tenth of the whole; forum topics have twenty posts.
"""

from __future__ import annotations

import json
from pathlib import Path

SIZE = 190_000
POSTS = 20
PARAGRAPHS = 24
_GOLDEN = Path(__file__).parents[1] / "pages" / "golden"
_NEWS = {
    "rfa plone": ("rfa-plone1-english.html", "<h3>Cards and promises</h3>"),
    "rfa arc": ("rfa-arc-english.html", '<h2 class="c-heading">'),
    "voa": ("voa-news.html", "<p><strong>What his voters say</strong></p>"),
}
_NAMES = ("harbour", "quay_walker", "Ferry Clerk", "nightwatch", "gull")
_WORDS = (
    "The council of the harbour met again and heard member {n} on the matter of the quay.",
    "Two of its members, who had sat with the other list, said they would vote as they liked.",
    "Nobody at the table asked for a count, and the clerk closed the book before noon.",
    "A reader of the minutes will not find the name of the ward that lost its seat there.",
)


def page_of(layout: str) -> bytes:
    """Return the page of a layout; ``layout`` is one of ``LAYOUTS``."""
    head, content = _news(layout) if layout in _NEWS else _topic(layout)
    before, after = f"{head}{_META}{_STYLE}</head><body>{_SCRIPT}{_menu(60)}", "</body></html>"
    room = SIZE - len((before + content + after).encode())
    aside, number = [], 0
    while room > 0:
        number += 1
        piece = _SCRIPT if number % 8 == 0 else _menu(4) if number % 8 == 4 else _TEASER.format(n=number)
        aside.append(piece)
        room -= len(piece)
    return f"{before}{content}<aside><ul>{''.join(aside)}</ul></aside>{after}".encode()


def _news(layout: str) -> tuple[str, str]:
    name, place = _NEWS[layout]
    text = (_GOLDEN / name).read_text(encoding="utf-8")
    article = "".join(f'<p class="c-paragraph">{_text(n)}</p>\n' for n in range(PARAGRAPHS))
    head, _, body = text.replace(place, article + place, 1).partition("</head>")
    return head, body.partition(">")[2].replace("</body></html>", "")


def _topic(layout: str) -> tuple[str, str]:
    head, opening, post, quote, closing = _FORUMS[layout]
    posts = []
    for n in range(POSTS):
        words = _text(n).replace(". ", ".<br>\n<br>\n", 1)
        quoted = quote.format(n=7000 + n - 1, name=_NAMES[n % 5 - 1], words=_WORDS[n % 4]) if n % 3 else ""
        posts.append(
            post.format(n=7000 + n, at=n + 1, name=_NAMES[n % 5], minute=10 + n, words=quoted + words)
        )
    return head, opening + "".join(posts) + closing


def _text(number: int) -> str:
    return " ".join(_WORDS[(number + place) % 4] for place in range(3 + number % 3)).format(n=number)


def _menu(entries: int) -> str:
    items = "".join(
        f'<li class="menu__item menu__item--{n}"><a class="menu__link" href="/section/{n}"><span>Section {n}</span></a></li>'
        for n in range(entries)
    )
    return f'<nav class="menu" aria-label="Sections"><ul class="menu__list">{items}</ul></nav>'


_META = "".join(
    f'<meta property="x:{n}" content="What the site says of itself, {n}"><link rel="preload" href="/a/{n}.css" as="style">'
    for n in range(20)
) + '<script type="application/ld+json">{}</script>'.format(
    json.dumps({"@context": "https://schema.org", "@type": "WebSite", "name": "Example", "url": "https://x.example/"})
)  # fmt: skip
_STYLE = "<style>" + "".join(
    f".box-{n}>.inner-{n}{{margin:0 auto;padding:{n}px 4px;color:#2a2a2a}}" for n in range(220)
) + "</style>"  # fmt: skip
_SCRIPT = (
    '<script>window.dataLayer=window.dataLayer||[];(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({"gtm.start":'
    "new Date().getTime(),event:\"gtm.js\"});var f=d.getElementsByTagName(s)[0],j=d.createElement(s);j.async=true;"
    + "var settings={" + ",".join(f'"option{n}":"value of option {n} as the site sets it"' for n in range(90))
    + "};})(window,document,'script','dataLayer','GTM-EXAMPLE');</script>"
)  # fmt: skip
_TEASER = """
<li class="col-xs-12 col-sm-6 mb-grid"><div class="media-block"><a href="/a/another-story-of-the-day-{n}/80{n:05}.html"
class="img-wrap img-wrap--size-4" title="Another story of the day, number {n}"><span class="thumb thumb16_9"><img
data-src="https://cdn.example/0100-0aff-0242-ce71-{n:05}_w33_r1.jpg" src="" alt="Another story of the day"></span></a>
<div class="media-block__content"><span class="category">Ward {n}</span><a href="/a/{n}.html"><h4 class="media-block__title">
Another story of the day, number {n}</h4></a><p class="perex">What it is about, in a line.</p></div></div></li>"""
_PHPBB = """
<div id="p{n}" class="post has-profile bg2"><div class="inner"><dl class="postprofile" id="profile{n}"><dt class="has-avatar">
<div class="avatar-container"><a href="./memberlist.php?mode=viewprofile&amp;u={at}" class="avatar"><img class="avatar"
src="./download/file.php?avatar={at}.jpg" width="90" height="90" alt="User avatar"></a></div>
<a href="./memberlist.php?mode=viewprofile&amp;u={at}" class="username">{name}</a></dt><dd class="profile-rank">Member</dd>
<dd class="profile-posts"><strong>Posts:</strong> <a href="./search.php?author_id={at}&amp;sr=posts">16{at}</a></dd>
<dd class="profile-joined"><strong>Joined:</strong> Thu Sep 18, 2008 5:56 am</dd><dd class="profile-custom-field">
<strong>Location:</strong> Harbour ward</dd><dd class="profile-contact"><strong>Contact:</strong><div class="dropdown-container">
<a href="#" class="dropdown-trigger" title="Contact"><i class="icon fa-commenting-o fa-fw icon-lg" aria-hidden="true"></i>
<span class="sr-only">Contact {name}</span></a><div class="dropdown"><div class="pointer"><div class="pointer-inner"></div></div>
<div class="dropdown-contents contact-icons"><div><a href="./ucp.php?i=pm&amp;mode=compose&amp;p={n}" title="Send private message"
class="last-cell"><span class="contact-icon pm-icon">Send private message</span></a></div></div></div></div></dd></dl>
<div class="postbody"><div id="post_content{n}"><h3 class="first"><a href="#p{n}">Re: Who left the lantern?</a></h3>
<ul class="post-buttons"><li><a href="./report.php?p={n}" title="Report this post" class="button button-icon-only"><i
class="icon fa-exclamation fa-fw" aria-hidden="true"></i><span class="sr-only">Report this post</span></a></li><li><a
href="./posting.php?mode=quote&amp;p={n}" title="Reply with quote" class="button button-icon-only"><i
class="icon fa-quote-left fa-fw" aria-hidden="true"></i><span>Quote</span></a></li></ul><p class="author"><a class="unread"
href="./viewtopic.php?p={n}#p{n}" title="Post"><i class="icon fa-file fa-fw icon-lightgray icon-md" aria-hidden="true"></i>
<span class="sr-only">Post</span></a><span class="responsive-hide">by <strong><a
href="./memberlist.php?mode=viewprofile&amp;u={at}" class="username">{name}</a></strong> &raquo; </span>Fri Dec 21, 2018 6:{minute} pm
</p><div class="content">{words}</div><div id="sig{n}" class="signature">Nothing without the ferry<br>and its clerk</div></div></div>
<div class="back2top"><a href="#top" class="top" title="Top"><i class="icon fa-chevron-circle-up fa-fw icon-gray"
aria-hidden="true"></i><span class="sr-only">Top</span></a></div></div></div><hr class="divider">"""
_VBULLETIN = """
<li class="postbitlegacy postbitim postcontainer old" id="post_{n}"><div class="posthead"><span class="postdate old"><span
class="date">02-16-2013,&nbsp;<span class="time">08:{minute} AM</span></span></span><span class="nodecontrols"><a name="post{n}"
href="showthread.php?44&amp;p={n}#post{n}" class="postcounter">#{at}</a><a id="postcount{n}" name="{at}"></a></span></div>
<div class="postdetails"><div class="userinfo"><div class="username_container"><div class="popupmenu memberaction"><a
class="username offline popupctrl" href="member.php?{at}-x" title="{name} is offline"><strong>{name}</strong></a><ul
class="popupbody popuphover memberaction_body"><li class="left"><a href="member.php?{at}-x" class="siteicon_profile">View Profile</a>
</li><li class="right"><a href="search.php?do=finduser&amp;u={at}" class="siteicon_forum" rel="nofollow">View Forum Posts</a></li><li
class="left"><a href="private.php?do=newpm&amp;u={at}" class="siteicon_message" rel="nofollow">Private Message</a></li></ul></div>
<img class="inlineimg onlinestatus" src="images/user-offline.png" alt="{name} is offline" border="0"></div><span
class="usertitle">Senior Member</span><a class="postuseravatar" href="member.php?{at}-x" title="{name} is offline"><img
src="image.php?u={at}&amp;dateline=1" alt="{name}'s Avatar" title="{name}'s Avatar"></a><hr><dl class="userinfo_extra">
<dt>Join Date</dt> <dd>May 2010</dd><dt>Location</dt> <dd>Harbour ward</dd><dt>Posts</dt> <dd>1,{minute}2</dd></dl><div
class="imlinks"></div></div><div class="postbody"><div class="postrow has_after_content"><h2 class="title icon"><img
src="images/icon1.png" alt="Default"> Re: Pilots form new list</h2><div class="content"><div id="post_message_{n}"><blockquote
class="postcontent restore ">{words}</blockquote></div></div><div class="after_content"><blockquote class="signature restore"><div
class="signaturecontainer">Nothing without the ferry</div></blockquote></div></div><div class="cleardiv"></div></div></div><div
class="postfoot"><div class="textcontrols floatcontainer"><span class="postcontrols"><img style="display:none" id="progress_{n}"
src="images/progress.gif" alt=""><a id="qrwq_{n}" class="newreply" href="newreply.php?do=newreply&amp;p={n}" rel="nofollow"
title="Reply With Quote"><img id="quoteimg_{n}" src="clear.gif" alt="Reply With Quote">  Reply With Quote</a></span><span
class="postlinking"></span></div></div></li>"""
_XENFORO = """
<article class="message message--post js-post js-inlineModContainer" data-author="{name}" data-content="post-{n}"
id="js-post-{n}"><span class="u-anchorTarget" id="post-{n}"></span><div class="message-inner"><div
class="message-cell message-cell--user"><section class="message-user" itemscope><div class="message-avatar"><div
class="message-avatar-wrapper"><a href="/members/{at}/" class="avatar avatar--m" data-user-id="{at}" data-xf-init="member-tooltip">
<img src="/data/avatars/m/0/{at}.jpg" alt="{name}" class="avatar-u{at}-m" width="96" height="96" loading="lazy"></a></div></div><div
class="message-userDetails"><h4 class="message-name"><a href="/members/{at}/" class="username" dir="auto" data-user-id="{at}"><span>
{name}</span></a></h4><h5 class="userTitle message-userTitle" dir="auto">Well-known member</h5></div><div
class="message-userExtras"><dl class="pairs pairs--justified"><dt>Joined</dt><dd>Sep 27, 2010</dd></dl><dl
class="pairs pairs--justified"><dt>Messages</dt><dd>1,0{minute}</dd></dl><dl class="pairs pairs--justified"><dt>Location</dt><dd><a
href="/misc/location-info?location=x" rel="nofollow" class="u-concealed">Harbour ward</a></dd></dl></div><span
class="message-userArrow"></span></section></div><div class="message-cell message-cell--main"><div
class="message-main js-quickEditTarget"><header class="message-attribution message-attribution--split"><ul
class="message-attribution-main listInline "><li class="u-concealed"><a href="/threads/3001/post-{n}" rel="nofollow"><time
class="u-dt" dir="auto" datetime="2018-09-27T14:{minute}:09+0200" data-time="15380526{minute}" data-date-string="Sep 27, 2018"
title="Sep 27, 2018 at 2:{minute} PM">Sep 27, 2018</time></a></li></ul><ul
class="message-attribution-opposite message-attribution-opposite--list"><li><a href="/threads/3001/post-{n}"
class="message-attribution-gadget" data-xf-init="share-tooltip" rel="nofollow"><i class="fa--xf far fa-share-alt"
aria-hidden="true"></i></a></li><li><a href="/threads/3001/post-{n}" rel="nofollow">#{at}</a></li></ul></header><div
class="message-content js-messageContent"><div class="message-userContent lbContainer js-lbContainer" data-lb-id="post-{n}"
data-lb-caption-desc="{name}"><article class="message-body js-selectToQuote"><div class="bbWrapper">{words}</div><div
class="js-selectToQuoteEnd">&nbsp;</div></article></div><aside class="message-signature"><div class="bbWrapper">Nothing without the
ferry</div></aside></div><footer class="message-footer"><div class="message-actionBar actionBar"><div class="actionBar-set"><a
href="/posts/{n}/react" class="reaction actionBar-action" data-reaction-id="0"><i aria-hidden="true"></i><span
class="reaction-text">Like</span></a></div></div><div class="reactionsBar js-reactionsList"></div><div
class="js-historyTarget message-historyTarget toggleTarget" data-href="trigger-href"></div></footer></div></div></div></article>"""
_INVISION = """
<a id="findComment-{n}"></a><a id="comment-{n}"></a><article id="elComment_{n}"
class="cPost ipsBox ipsResponsive_pull ipsComment ipsComment_parent ipsClearfix ipsColumns ipsColumns_noSpacing"><div
class="cAuthorPane_mobile ipsResponsive_showPhone"><div class="cAuthorPane_photo"><a href="/profile/{at}-x/"
class="ipsUserPhoto ipsUserPhoto_large"><img src="/m/{at}.jpg" alt="{name}" class="" loading="lazy"></a></div><div
class="cAuthorPane_content"><h3 class="ipsType_sectionHead cAuthorPane_author ipsType_break"><a href="/profile/{at}-x/"
class="ipsType_break">{name}</a></h3><div class="ipsType_light ipsType_reset"><a href="#comment-{n}" rel="nofollow"
class="ipsType_blendLinks">Posted <time datetime="2023-07-05T08:{minute}:00Z" title="07/05/2023 08:{minute} AM" data-short="1 yr">July
5, 2023</time></a></div></div></div><aside
class="ipsComment_author cAuthorPane ipsColumn ipsColumn_medium ipsResponsive_hidePhone"><h3
class="ipsType_sectionHead cAuthorPane_author ipsType_blendLinks ipsType_break"><strong><a href="/profile/{at}-x/"
class="ipsType_break">{name}</a></strong></h3><ul class="cAuthorPane_info ipsList_reset"><li data-role="photo"
class="cAuthorPane_photo"><a href="/profile/{at}-x/" class="ipsUserPhoto ipsUserPhoto_large"><img src="/m/{at}.jpg" alt="{name}">
</a></li><li data-role="group">Members</li><li data-role="stats" class="ipsMargin_top"><ul class="ipsList_reset ipsType_light"><li><a
href="/profile/{at}-x/content/" rel="nofollow" title="{minute} posts"><i class="fa fa-comment"></i> {minute}</a></li></ul></li></ul>
</aside><div class="ipsColumn ipsColumn_fluid ipsMargin:none"><div id="comment-{n}_wrap" data-controller="core.front.core.comment"
data-commentapp="forums" data-commenttype="forums" data-commentid="{n}"
data-quotedata='{{"userid":{at},"username":"{name}","timestamp":16885445{minute},"contentapp":"forums","contentid":9,"contentcommentid":{n}}}'
class="ipsComment_content ipsType_medium"><div class="ipsComment_meta ipsType_light ipsFlex"><div class="ipsType_reset"><a
href="#comment-{n}" class="ipsType_blendLinks">Posted <time datetime="2023-07-05T08:{minute}:00Z" title="07/05/2023">July 5,
2023</time></a></div><div class="ipsComment_tools ipsHide"><ul class="ipsList_reset"><li><a href="#comment-{n}"
data-action="shareComment"><i class="fa fa-share-alt"></i></a></li></ul></div></div><div class="cPost_contentWrap ipsPad"><div
data-role="commentContent" class="ipsType_normal ipsType_richText ipsPadding_bottom ipsContained"
data-controller="core.front.core.lightboxedImages">
<p>{words}</p></div><div class="ipsItemControls"><ul class="ipsComment_controls ipsClearfix" data-role="commentControls"><li
data-ipsquote-editor="topic_comment" class="ipsJS_show"><button class="ipsButton" data-action="multiQuoteComment"><i
class="fa fa-plus"></i></button></li><li><a href="#" data-action="quoteComment">Quote</a></li></ul></div></div><div
class="ipsMenu ipsMenu_wide ipsHide cPostShareMenu" id="elSharePost_{n}_menu"><div class="ipsPad"><h4
class="ipsType_sectionHead">Share this post</h4><p>Link to post</p></div></div></div></div></article>"""
_DISCOURSE = """
<div id='post_{at}' itemprop='comment' itemscope itemtype='http://schema.org/Comment' class='topic-body crawler-post'><div
class='crawler-post-meta'><span class="creator" itemprop="author" itemscope itemtype="http://schema.org/Person"><a itemprop="url"
rel='nofollow' href='https://talk.example/u/{at}'><span itemprop='name'>{name}</span></a></span><link itemprop="mainEntityOfPage"
href="https://talk.example/t/77"><span class="crawler-post-infos"><time itemprop='datePublished' datetime='2020-03-12T05:{minute}:00Z'
class='post-time'>March 12, 2020,  5:{minute}am</time><meta itemprop='dateModified' content='2020-03-12T05:{minute}:00Z'><span
itemprop='position'>{at}</span></span></div><div class='post' itemprop='text'><p>{words}</p></div><div
itemprop="interactionStatistic" itemscope itemtype="http://schema.org/InteractionCounter"><meta itemprop="interactionType"
content="http://schema.org/LikeAction"><meta itemprop="userInteractionCount" content="2"><span class='post-likes'>2 Likes</span></div><div
class='crawler-linkback-list' itemscope itemtype='http://schema.org/ItemList'></div></div>"""
_START = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>The quay</title>'
#: Head, what stands above the posts, a post, a quotation in it, what stands below.
_FORUMS = {
    "invision 4": (
        _START,
        '<h1 class="ipsType_pageTitle ipsContained_container"><span class="ipsType_break ipsContained"><span>The quay</span></span></h1><div id="elPostFeed">',
        _INVISION,
        '</p><blockquote class="ipsQuote" data-ipsquote="" data-ipsquote-username="{name}" data-ipsquote-contentcommentid="{n}"><div '
        'class="ipsQuote_citation">On 7/5/2023 at 2:00 AM, {name} said:</div><div class="ipsQuote_contents"><p>{words}</p></div></blockquote><p>',
        "</div>",
    ),
    "phpbb 3": (
        _START,
        '<div id="wrap"><h2 class="topic-title"><a href="./viewtopic.php?t=167">The quay</a></h2><div id="page-body">',
        _PHPBB,
        '<blockquote cite="./viewtopic.php?p={n}"><div><cite><a href="#">{name}</a> wrote: <span class="responsive-hide">Fri Dec 21, 2018 '
        "6:11 pm</span></cite>{words}</div></blockquote>",
        "</div></div>",
    ),
    "discourse": (
        _START + '<meta name="generator" content="Discourse 3.3.0">',
        '<div id="main-outlet" class="wrap" role="main"><div id="topic-title"><h1><a href="/t/77">The quay</a></h1></div><div '
        "itemscope itemtype='http://schema.org/DiscussionForumPosting'>",
        _DISCOURSE,
        '</p><aside class="quote" data-username="{name}" data-post="{n}"><div class="title"><div class="quote-controls"></div>{name}:</div>'
        "<blockquote><p>{words}</p></blockquote></aside><p>",
        "</div></div>",
    ),
    "xenforo 2": (
        _START,
        '<div class="p-title"><h1 class="p-title-value">The quay</h1></div><div class="block-body js-replyNewMessageContainer">',
        _XENFORO,
        '<blockquote data-attributes="member: {n}" data-quote="{name}" class="bbCodeBlock bbCodeBlock--expandable bbCodeBlock--quote"><div '
        'class="bbCodeBlock-title"><a href="#" class="bbCodeBlock-sourceJump">{name} said:</a></div><div class="bbCodeBlock-content"><div '
        'class="bbCodeBlock-expandContent">{words}</div><div class="bbCodeBlock-expandLink"><a>Click to expand...</a></div></div></blockquote>',
        "</div>",
    ),
    "vbulletin 4": (
        _START,
        '<div id="pagetitle" class="pagetitle"><h1>Thread: <span class="threadtitle"><a href="#">The quay</a></span></h1></div>'
        '<ol id="posts" class="posts">',
        _VBULLETIN,
        '<div class="bbcode_container"><div class="bbcode_quote"><div class="quote_container"><div class="bbcode_quote_container"></div>'
        '<div class="bbcode_postedby"><img src="x" alt="Quote Originally"> Originally Posted by <strong>{name}</strong></div><div '
        'class="message">{words}</div></div></div></div>',
        "</ol>",
    ),
}  # fmt: skip
#: Where pages of each layout stand.
LAYOUTS = {
    "rfa plone": "https://www.rfa.org/english/news/cambodia/crossing-11202017161502.html",
    "rfa arc": "https://www.rfa.org/english/cambodia/2025/03/14/lantern-split/",
    "voa": "https://www.voanews.com/a/harbor-mayor-joins-ruling-party/8000001.html",
    "invision 4": "https://ips.example/topic/9-the-quay/",
    "phpbb 3": "https://board.example/viewtopic.php?t=167",
    "discourse": "https://talk.example/t/the-quay/77",
    "xenforo 2": "https://xf.example/threads/the-quay.3001/",
    "vbulletin 4": "https://vb.example/showthread.php?44-The-quay",
}
