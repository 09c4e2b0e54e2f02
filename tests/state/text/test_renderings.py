"""One site's page comes as text in many forms; every part of it is found in each of them."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import timedelta

import pytest

from state.article import Article
from state.errors import InputError
from state.text import dump, load

ONE = "The council of the northern province met on Monday to hear three members who had left the party."
TWO = "“We were told to join or to go,” said one of them, who asked not to be named."
THREE = "The party denied that anybody had been pressed, and said that the door was open."
BODY = f"{ONE}\n\n{TWO}\n\n{THREE}\n"
CAP = "Councillors sign their letters in the hall of the province, May 4, 2018."
KM1 = "ក្រុមប្រឹក្សាឃុំចំនួនបីរូបបានចាកចេញពីបក្សនៅថ្ងៃចន្ទ ដើម្បីចូលរួមជាមួយបក្សកាន់អំណាច ដោយអះអាងថាជាការសម្រេចចិត្តផ្ទាល់ខ្លួន។"
KM2 = "មន្ត្រីបក្សបានបដិសេធថា គ្មានការបង្ខិតបង្ខំណាមួយឡើយ។"
ZH1 = "三名县议员星期一宣布退出原来的政党，他们说这个决定完全出于自愿。"
ZH2 = "党的发言人否认有人受到压力。"


@dataclass(frozen=True)
class Case:
    name: str
    text: str
    title: str = "Three Councillors Leave Party"
    subtitle: str | None = None
    captions: tuple[tuple[str, str | None], ...] = ()
    paragraphs: tuple[str, ...] = (ONE, TWO, THREE)
    headings: tuple[str, ...] = ()
    attribution: str | None = None
    byline: tuple[str, ...] = ()
    dateline: str | None = None
    origin: str | None = None
    day: str | None = None
    comments: tuple[tuple[str | None, str], ...] = ()


BAR = "Email story\nComment on this story\nPrint story\n"
T = "Three Councillors Leave Party"
KMT = "ក្រុមប្រឹក្សាឃុំបីរូបចាកចេញពីបក្ស"
ZHT = "三名县议员宣布退党"

CASES = [
    Case("R1 toolbar, caption twice, credit", f"{T}\n\n{BAR}{CAP}\n{CAP}\nAFP\n\n{BODY}", captions=((CAP, "AFP"),)),
    Case("R1 without credit", f"{T}\n\n{BAR}{CAP}\n{CAP}\n\n{BODY}", captions=((CAP, None),)),
    Case(
        "R1 with dek glued to the toolbar",
        f"{T}\n\nOne says he was paid to.\n{BAR}{CAP}\n{CAP}\nRFA\n\n{BODY}",
        subtitle="One says he was paid to.",
        captions=((CAP, "RFA"),),
    ),
    Case("R1 without picture", f"{T}\n\n{BAR}\n{BODY}"),
    Case(
        "R2 share lines, caption once",
        f"{T}\n\nShare on WhatsApp\nShare on WhatsApp\n{CAP}\n\n{BODY}",
        captions=((CAP, None),),
    ),
    Case("R2 index page", f"{T}\n\nShare on WhatsApp\n\n{ONE}\n", paragraphs=(ONE,)),
    Case("R3 file name before the caption", f"{T}\n\nhall-of-province-305.jpg {CAP}\n\n{BODY}", captions=((CAP, None),)),
    Case(
        "R3 with dek and credit",
        f"{T}\n\nOne says he was paid to.\n\nhall-of-province-305.jpg {CAP}\nAFP\n\n{BODY}",
        subtitle="One says he was paid to.",
        captions=((CAP, "AFP"),),
    ),
    Case("R4 day, caption once, credit", f"{T}\n\n2018.05.06\n{CAP}\nAFP\n\n{BODY}", captions=((CAP, "AFP"),), day="2018-05-06"),
    Case(
        "R4 dek, day, name without ending",
        f"{T}\n\nOne says he was paid to.\n\n2018.05.06\nhall-of-province-305 {CAP}\n\n{BODY}",
        subtitle="One says he was paid to.",
        captions=((CAP, None),),
        day="2018-05-06",
    ),
    Case(
        "R4 in Khmer with by-line",
        f"{KMT}\n\nដោយ សុខ ដារ៉ា\n2018.05.06\nសមាជិកក្រុមប្រឹក្សាឃុំ ចុះហត្ថលេខាលើលិខិត។\nRFA/Sok Dara\n\n{KM1}\n\n{KM2}\n",
        title=KMT,
        captions=(("សមាជិកក្រុមប្រឹក្សាឃុំ ចុះហត្ថលេខាលើលិខិត។", "RFA/Sok Dara"),),
        paragraphs=(KM1, KM2),
        byline=("សុខ ដារ៉ា",),
        day="2018-05-06",
    ),
    Case(
        "R5 no blank lines, related stories inside",
        f"{T}\n2024.08.21\n{ONE}\n{TWO}\nRELATED STORIES\nOpposition party loses its last office in the capital\nCourt hears the case of two exiled leaders\nLoss of trust\n{THREE}\n",
        headings=("Loss of trust",),
        day="2024-08-21",
    ),
    Case(
        "R6 body only",
        f"{ONE}\n{TWO}\n{THREE}\nReported by RFA’s Lao Service. Translated by Bounmy Keo.\n",
        title="",
        attribution="Reported by RFA’s Lao Service. Translated by Bounmy Keo.",
    ),
    Case("R6 in Khmer", f"{KM1}\n{KM2}\n", title="", paragraphs=(KM1, KM2)),
    Case("R7 plain", f"{T}\n\n{BODY}"),
    Case("R7 with dateline", f"{T}\n\nKATHMANDU—{ONE}\n\n{TWO}\n", paragraphs=(f"KATHMANDU—{ONE}", TWO)),
    Case(
        "R8 hard-wrapped letter",
        f"{T}\n\n"
        + "Oct. 30, 2017 - The council of the northern province met on Monday to hear three\n"
        + "members who had left the party in the week before, and to elect a speaker who would\n"
        + "hold the office until the next vote of the commune, which the law sets for the end\n"
        + "of the year.\n\n"
        + "The party denied that anybody had been pressed, and said that the door was open for\n"
        + "all who wished to return, whatever they had said about its leaders in the meetings of\n"
        + "the spring and the summer, when the quarrel about the lists of candidates had begun\n"
        + "among the members of the northern branch.\n",
        paragraphs=(
            "Oct. 30, 2017 - The council of the northern province met on Monday to hear three members who had left the party in the week before, and to elect a speaker who would hold the office until the next vote of the commune, which the law sets for the end of the year.",
            "The party denied that anybody had been pressed, and said that the door was open for all who wished to return, whatever they had said about its leaders in the meetings of the spring and the summer, when the quarrel about the lists of candidates had begun among the members of the northern branch.",
        ),
    ),
    Case("R9 photo page", f"{T}\n\n{ONE}\n", paragraphs=(ONE,)),
    Case("crawler prefix", f" date 2017-09-11 {T}\n\n{BODY}"),
    Case("crawler prefix with a month", f" date 2024-09 {T}\n\n{BODY}"),
    Case("V4 prefix without headline", f" date 2017-09-11 {ONE}\n\n{TWO}\n\n{THREE}\n", title=""),
    Case("V1 crumb, caption twice, credit", f"News / Asia\n\n{T}\n\n{CAP}\n{CAP}\nReuters\n\n{BODY}", captions=((CAP, "Reuters"),)),
    Case(
        "V1 caption glued, then x, then twice more",
        f"{T}\n\n{CAP}{CAP}\nx\n{CAP}\n{CAP}\nTEXT SIZE - +\n\n{BODY}",
        captions=((CAP, None),),
    ),
    Case(
        "V1 in Khmer with a crumb of its own",
        f"អាមេរិក / ខ្មែរនៅអាមេរិក\n\n{KMT}\n\nរូបភាពមន្ត្រីចុះហត្ថលេខា។រូបភាពមន្ត្រីចុះហត្ថលេខា។\nx\nរូបភាពមន្ត្រីចុះហត្ថលេខា។\nរូបភាពមន្ត្រីចុះហត្ថលេខា។\n\n{KM1}\n\n{KM2}\n",
        title=KMT,
        captions=(("រូបភាពមន្ត្រីចុះហត្ថលេខា។", None),),
        paragraphs=(KM1, KM2),
    ),
    Case(
        "V1b dek again as first paragraph",
        f"{T}\n\n{ONE}\n\n    {ONE}\n\n    {TWO}\n\n    {THREE}\n",
        subtitle=ONE,
    ),
    Case(
        "V2 Khmer",
        f"ភ្ជាប់​ទៅ​គេហទំព័រ​ទាក់ទង\n\nព័ត៌មាន​​ថ្មី\n\n{KMT}\n\n\nរូបភាពមន្ត្រី (សុខ ដារ៉ា/ VOA)\nរូបភាពមន្ត្រី (សុខ ដារ៉ា/ VOA)\n\n{KM1}\n\n{KM2}\n",
        title=KMT,
        captions=(("រូបភាពមន្ត្រី (សុខ ដារ៉ា/ VOA)", None),),
        paragraphs=(KM1, KM2),
    ),
    Case(
        "V2 Vietnamese",
        "Đường dẫn truy cập\n\nTin nóng\n\nBa nghị viên rời đảng\n\n\nBa nghị viên ký đơn (ảnh VOA)\nBa nghị viên ký đơn (ảnh VOA)\n\nHội đồng tỉnh họp hôm thứ Hai để nghe ba người đã rời đảng.\n\nĐảng phủ nhận việc gây sức ép.\n",
        title="Ba nghị viên rời đảng",
        captions=(("Ba nghị viên ký đơn (ảnh VOA)", None),),
        paragraphs=("Hội đồng tỉnh họp hôm thứ Hai để nghe ba người đã rời đảng.", "Đảng phủ nhận việc gây sức ép."),
    ),
    Case(
        "V2 Chinese",
        f"无障碍链接\n\n突发新闻\n\n{ZHT}\n\n\n议员们在大厅签字（法新社照片）。\n议员们在大厅签字（法新社照片）。\n\n{ZH1}\n\n{ZH2}\n",
        title=ZHT,
        captions=(("议员们在大厅签字（法新社照片）。", None),),
        paragraphs=(ZH1, ZH2),
    ),
    Case(
        "V2 Korean",
        "연결 가능 링크\n\n속보\n\n지방의원 세 명 탈당\n\n\n의원들이 서명하고 있다.\n의원들이 서명하고 있다.\n\n도의회는 월요일 탈당한 의원 세 명의 말을 들었다.\n\n당은 압력을 부인했다.\n",
        title="지방의원 세 명 탈당",
        captions=(("의원들이 서명하고 있다.", None),),
        paragraphs=("도의회는 월요일 탈당한 의원 세 명의 말을 들었다.", "당은 압력을 부인했다."),
    ),
    Case(
        "V3 AMP, picture once",
        f"{T}\n\nFILE - {CAP}\n\nYour browser doesn’t support HTML5\n\n{BODY}",
        captions=((f"FILE - {CAP}", None),),
    ),
    Case(
        "V3 AMP in Burmese",
        "ကောင်စီဝင်သုံးဦး ပါတီမှ နုတ်ထွက်\n\n[Zawgyi/Unicode]\n\nမြောက်ပိုင်းပြည်နယ် ကောင်စီသည် တနင်္လာနေ့တွင် အစည်းအဝေးကျင်းပသည်။\n\nပါတီက ငြင်းဆိုသည်။\n",
        title="ကောင်စီဝင်သုံးဦး ပါတီမှ နုတ်ထွက်",
        paragraphs=("မြောက်ပိုင်းပြည်နယ် ကောင်စီသည် တနင်္လာနေ့တွင် အစည်းအဝေးကျင်းပသည်။", "ပါတီက ငြင်းဆိုသည်။"),
    ),
    Case(
        "V3 video page: title again, player",
        f"Accessibility links\n\n{T}\n\n\n{T}\nplease wait\n\nNo media source currently available\n\n0:00 0:03:33 0:00\n\n{ONE}\n\nXS\nSM\nMD\nLG\n",
        paragraphs=(ONE,),
    ),
    Case(
        "V5 wire of 1998",
        f"DATE=5/6/98\nTYPE=CORRESPONDENT REPORT\nNUMBER=2-231123\nTITLE=PARTY / COUNCILLORS (L)\nBYLINE=SOK DARA\nDATELINE=PHNOM PENH\nCONTENT=\nVOICED AT:\n\nINTRO:  {ONE}\n\nTEXT:  {TWO}\n\n/// DARA ACT ///\n\n{THREE}\n",
        title="PARTY / COUNCILLORS (L)",
        paragraphs=(f"INTRO: {ONE}", f"TEXT: {TWO}", THREE),
        byline=("SOK DARA",),
        dateline="PHNOM PENH",
        day="1998-05-06",
    ),
    Case("RFI second copy with credit", f"{T}\n\n{CAP}\n{CAP} @RFI\n\n{BODY}", captions=((CAP, "@RFI"),)),
    Case("RFI agency in brackets", f"{T}\n\n{CAP}\n{CAP} REUTERS/Sok Dara\n\n{BODY}", captions=((CAP, "REUTERS/Sok Dara"),)),
    Case(
        "Invision 4",
        f"Jump to content\n\n{T}\n\n\nRecommended Posts\n\nPosted\n\n\u00a0\n\n{ONE}\n\n\u00a0\n\n{TWO}\n\n\u00a0\n\nread more\n\nCreate an account or sign in to comment\n",
        paragraphs=(ONE, TWO),
    ),
    Case(
        "Invision 5",
        "Skip to content\nView in the app\nA better way to browse. Learn more.\n\nSome Forum | NAME\nA full-screen app on your home screen with push notifications, badges and more.\nTo install this app on iOS and iPadOS\n"
        "1. Tap the Share icon in Safari\n2. Scroll the menu and tap Add to Home Screen.\n3. Tap Add in the top-right corner.\nTo install this app on Android\n1. Tap the 3-dot menu (⋮) in the top-right corner of the browser.\n"
        f"2. Tap Add to Home screen or Install app.\n3. Confirm by tapping Install.\n\n{T}\n\nFeatured Replies\n\nAP23194418713002.jpg\n\n\u00a0\n{ONE}\n\u00a0\n{TWO}\n",
        paragraphs=(ONE, TWO),
    ),
    Case("XenForo 2 separators", f"What's new\n\n{T}\n\n. .\n\n{ONE}\n\n.\n\n{TWO}\n", paragraphs=(ONE, TWO)),
    Case(
        "XenForo 1",
        f"{T}\n\nDiscussion in 'Politics' started by Marlow, Feb 15, 2011.\n\n  1. Marlow\n\n{ONE}\n\n  2. Vesper\n\n{TWO}\n",
        paragraphs=(ONE,),
        byline=("Marlow",),
        comments=(("Vesper", TWO),),
    ),
    Case(
        "phpBB",
        f"{T}\n\n{T}\n\nPostby Marlow » Fri Dec 21, 2018 6:11 pm\n\n{ONE}\n\nRe: {T}\n\nPostby Vesper » Sat Dec 22, 2018 9:01 am\n\n{TWO}\n",
        paragraphs=(ONE, f"Re: {T}"),
        byline=("Marlow",),
        comments=(("Vesper", TWO),),
    ),
    Case(
        "SMF",
        f"{T}\n\nMarlow\nMember\nPosts: 28\n« on: November 16, 2017, 02:30:11 pm »\n\n{ONE}\n\nLogged\n\nVesper\nPosts: 2\n« Reply #1 on: November 16, 2017, 03:30:11 pm »\n\n{TWO}\n\nLogged\n",
        paragraphs=(ONE,),
        byline=("Marlow",),
        comments=(("Vesper", TWO),),
    ),
    Case(
        "Reddit mirror",
        f"{T}\n\n{ONE}\n\n108 Upvotes\n\n149 comments sorted by\n\nu/marlow_7 11d ago\n\n{TWO}\n\nu/vesper 10d ago\n\n{THREE}\n",
        paragraphs=(ONE,),
        comments=(("marlow_7", TWO), ("vesper", THREE)),
    ),
    Case(
        "WordPress remarks",
        f"{T}\n\n{ONE}\n\nMarlow says:\nNovember 16, 2017 at 2:30 pm\n\n{TWO}\n\nReply\n\nVesper says:\nNovember 17, 2017 at 8:30 am\n\n{THREE}\n\nComments are closed.\n",
        paragraphs=(ONE,),
        comments=(("Marlow", TWO), ("Vesper", THREE)),
    ),
    Case(
        "Blogger remarks",
        f"{T}\n\n{ONE}\n\n2 comments:\n\n1. Anonymous3:17 AM\n\n{TWO}\n\n2. Vesper10:05 PM\n\n{THREE}\n\nPost a Comment\n\nSubscribe to: Post Comments (Atom)\n",
        paragraphs=(ONE,),
        comments=(("Anonymous", TWO), ("Vesper", THREE)),
    ),
    Case("Khoros shell", f"cancel\n\nShowing results for\n\nSearch instead for\n\nDid you mean:\n\n{T}\n\nNot applicable\n\n{BODY}"),
    Case("interview", f"{T}\n\nRFA: Why did you leave?\n\nSok Dara: I was told to.\n\n{ONE}\n", paragraphs=("RFA: Why did you leave?", "Sok Dara: I was told to.", ONE)),
    Case("repost head", f"Radio Free Asia: 02 November 2017\n\n{T}\n\n{BODY}", origin="Radio Free Asia", day="2017-11-02"),
    Case("repost head on two lines", f"{T}\n\nWednesday February 8, 2023\nRadio Free Asia\n\n{BODY}", origin="Radio Free Asia", day="2023-02-08"),
    Case(
        "repost tail",
        f"{T}\n\n{BODY}\nSource: Copyright © 1998-2016, RFA. Used with the permission of Radio Free Asia, Washington DC.\n",
        attribution="Source: Copyright © 1998-2016, RFA. Used with the permission of Radio Free Asia, Washington DC.",
        origin="Radio Free Asia",
    ),
    Case(
        "attribution on two lines",
        f"{T}\n\n{BODY}\nReported by Sok Dara for RFA’s Khmer Service.\n\nEdited by Jo Marlow.\n",
        attribution="Reported by Sok Dara for RFA’s Khmer Service. Edited by Jo Marlow.",
    ),
    Case("attribution in Mandarin", f"{ZHT}\n\n{ZH1}\n\n{ZH2}\n\n记者：小山 责编：郑民\n", title=ZHT, paragraphs=(ZH1, ZH2), attribution="记者：小山 责编：郑民"),
    Case("attribution in Khmer", f"{KMT}\n\n{KM1}\n\n{KM2}\n\nរាយការណ៍ដោយ សុខ ដារ៉ា\n", title=KMT, paragraphs=(KM1, KM2), attribution="រាយការណ៍ដោយ សុខ ដារ៉ា"),
    Case("attribution of Reuters", f"{T}\n\n{BODY}\n(Reporting by Jo Marlow; Editing by A. Vesper and B. Keo)\n", attribution="(Reporting by Jo Marlow; Editing by A. Vesper and B. Keo)"),
    Case("attribution of AP", f"{T}\n\n{BODY}\nThe Associated Press\n", attribution="The Associated Press"),
    Case("attribution of VOA", f"{T}\n\n{BODY}\nJo Marlow contributed to this report.\n", attribution="Jo Marlow contributed to this report."),
    Case("dateline on a line of its own", f"{T}\n\nPHNOM PENH, Cambodia\n\n{BODY}", dateline="PHNOM PENH, Cambodia"),
    Case("place and day on a line of their own", f"{T}\n\nDooplaya, 24 December\n\n{BODY}", dateline="Dooplaya, 24 December"),
    Case("published and updated", f"{T}\n\nPUBLISHED : Monday, 11 September, 2017, 7:59pm\nUPDATED : Monday, 11 September, 2017, 9:59pm\n\n{BODY}", day="2017-09-11"),
    Case("by-line", f"{T}\n\nBy Jo Marlow and Sok Dara\n\n{BODY}", byline=("Jo Marlow", "Sok Dara")),
    Case("random letters before the article", "x7Gh" * 300 + f"\n\n{T}\n\n{BODY}"),
    Case("a stray first line", f"svasdssvasds\n\n{T}\n\n{BODY}"),
    Case("a dump of a program after the text", f'{T}\n\n{BODY}\nstring(744) "[{{\\"id\\":1}}]"\n'),
    Case("glued words", f"{T}\n\nTheConstitutionalCourt ofThailandorders theparty tobedissolved.\n", paragraphs=("TheConstitutionalCourt ofThailandorders theparty tobedissolved.",)),
    Case("comments in Chinese", f"{ZHT}\n\n{ZH1}\n\n评论 (1)\n\n路人\n\n说得好。\n\nNov 12, 2017 04:36 PM\n", title=ZHT, paragraphs=(ZH1,), comments=(("路人", "说得好。"),)),
    Case(
        "a toolbar in words that nobody listed",
        f"{T}\n\nOne says he was paid to.\nMande epòs\nKòmante istwa sa\nEnprime istwa\n{CAP}\n{CAP}\nAFP\n\n{BODY}",
        subtitle="One says he was paid to.",
        captions=((CAP, "AFP"),),
    ),
    Case(
        "lines above the headline in words that nobody listed",
        f"Lyen aksesib\n\nNouvèl cho\n\n{T}\n\n\n{CAP}\n{CAP}\n\n{BODY}",
        captions=((CAP, None),),
    ),
    Case(
        "two pictures under a toolbar",
        f"{T}\n\n{BAR}{CAP}\n{CAP}\nAFP\nThe hall of the province, seen from the river.\nThe hall of the province, seen from the river.\nRFA/Sok Dara\n\n{BODY}",
        captions=((CAP, "AFP"), ("The hall of the province, seen from the river.", "RFA/Sok Dara")),
    ),
    Case(
        "Mandarin toolbar",
        f"{ZHT}\n\n打印\n分享\n电邮\n议员们在大厅签字，2018年5月4日。\n议员们在大厅签字，2018年5月4日。\n法新社图片\n\n{ZH1}\n\n{ZH2}\n\n（责编：郑民）\n",
        title=ZHT,
        captions=(("议员们在大厅签字，2018年5月4日。", "法新社图片"),),
        paragraphs=(ZH1, ZH2),
        attribution="（责编：郑民）",
    ),
    Case(
        "Uyghur",
        "ئۈچ ئەزا پارتىيەدىن چېكىندى\n\n2018.05.06\nئەزالار خەتكە قول قويماقتا، 2018-يىلى ماي.\nRFA\n\nئۈچ ئەزا دۈشەنبە كۈنى پارتىيەدىن چېكىنگەنلىكىنى ئېلان قىلدى.\n\nپارتىيە بۇنى رەت قىلدى.\n",
        title="ئۈچ ئەزا پارتىيەدىن چېكىندى",
        captions=(("ئەزالار خەتكە قول قويماقتا، 2018-يىلى ماي.", "RFA"),),
        paragraphs=("ئۈچ ئەزا دۈشەنبە كۈنى پارتىيەدىن چېكىنگەنلىكىنى ئېلان قىلدى.", "پارتىيە بۇنى رەت قىلدى."),
        day="2018-05-06",
    ),
    Case(
        "Lao with toolbar",
        "ສະມາຊິກສາມຄົນອອກຈາກພັກ\n\nອີເມລ\nພິມ\nແບ່ງປັນ\nສະມາຊິກລົງນາມໃນຈົດໝາຍທີ່ຫ້ອງປະຊຸມ.\nສະມາຊິກລົງນາມໃນຈົດໝາຍທີ່ຫ້ອງປະຊຸມ.\n\nສະມາຊິກສາມຄົນປະກາດອອກຈາກພັກໃນວັນຈັນ.\n\nພັກປະຕິເສດ.\n",
        title="ສະມາຊິກສາມຄົນອອກຈາກພັກ",
        captions=(("ສະມາຊິກລົງນາມໃນຈົດໝາຍທີ່ຫ້ອງປະຊຸມ.", None),),
        paragraphs=("ສະມາຊິກສາມຄົນປະກາດອອກຈາກພັກໃນວັນຈັນ.", "ພັກປະຕິເສດ."),
    ),
    Case(
        "Tibetan",
        "ཚོགས་མི་གསུམ་ཕྱིར་འཐེན།\n\nཚོགས་མི་གསུམ་གྱིས་ཚོགས་པ་ནས་ཕྱིར་འཐེན་བྱས་ཡོད།\n\nཚོགས་པས་དེ་ཁས་ལེན་མ་བྱས།\n",
        title="ཚོགས་མི་གསུམ་ཕྱིར་འཐེན།",
        paragraphs=("ཚོགས་མི་གསུམ་གྱིས་ཚོགས་པ་ནས་ཕྱིར་འཐེན་བྱས་ཡོད།", "ཚོགས་པས་དེ་ཁས་ལེན་མ་བྱས།"),
    ),
    Case(
        "Thai repost",
        "สมาชิกสภาสามคนลาออกจากพรรค\n\nสมาชิกสภาจังหวัดสามคนประกาศลาออกจากพรรคเมื่อวันจันทร์\n\nพรรคปฏิเสธว่าไม่มีการกดดันใด ๆ และกล่าวว่าทุกคนกลับมาได้เสมอ\n\nที่มา: วีโอเอไทย\n",
        title="สมาชิกสภาสามคนลาออกจากพรรค",
        paragraphs=("สมาชิกสภาจังหวัดสามคนประกาศลาออกจากพรรคเมื่อวันจันทร์", "พรรคปฏิเสธว่าไม่มีการกดดันใด ๆ และกล่าวว่าทุกคนกลับมาได้เสมอ"),
        attribution="ที่มา: วีโอเอไทย",
    ),
    Case(
        "a collection's line of source",
        "Ba nghị viên rời đảng\n\nTrần Mẫu, VOA, 23/01/2021\n\nHội đồng tỉnh họp hôm thứ Hai để nghe ba người đã rời đảng.\n\nĐảng phủ nhận việc gây sức ép.\n",
        title="Ba nghị viên rời đảng",
        paragraphs=("Hội đồng tỉnh họp hôm thứ Hai để nghe ba người đã rời đảng.", "Đảng phủ nhận việc gây sức ép."),
        byline=("Trần Mẫu",),
        origin="Voice of America",
        day="2021-01-23",
    ),
    Case(
        "VOA, dek, glued caption and text in one block",
        f"អាមេរិក / ខ្មែរនៅអាមេរិក\n\n{KMT}\n\n{KM2}\n\nរូបភាពមន្ត្រីចុះហត្ថលេខា។រូបភាពមន្ត្រីចុះហត្ថលេខា។\nx\nរូបភាពមន្ត្រីចុះហត្ថលេខា។\nរូបភាពមន្ត្រីចុះហត្ថលេខា។\n{KM1}\n\n{KM1}\n",
        title=KMT,
        subtitle=KM2,
        captions=(("រូបភាពមន្ត្រីចុះហត្ថលេខា។", None),),
        paragraphs=(KM1, KM1),
    ),
    Case("a month view, not wrapped", f"{T}\n\nOct. 30, 2017 - {ONE}\n\n{TWO}\n", paragraphs=(f"Oct. 30, 2017 - {ONE}", TWO)),
    Case("a glued index page", "政治RFA联邦资助被切断 美议员：削弱美国国家安全\n", title="政治RFA联邦资助被切断 美议员：削弱美国国家安全", paragraphs=()),
    Case(
        "Invision 4 with a reply",
        f"Jump to content\n\n{T}\n\n\nRecommended Posts\n\nMarlow\n\nPosted November 16, 2017\n\n{ONE}\n\nLink to comment\n\nShare on other sites\n\nVesper\n\nPosted November 17, 2017\n\n{TWO}\n\nLink to comment\n\nShare on other sites\n",
        paragraphs=(ONE,),
        byline=("Marlow",),
        comments=(("Vesper", TWO),),
    ),
    Case(
        "XenForo 2 with profiles",
        f"What's new\n\n{T}\n\nMarlow\n\nMember\n\nJoined\nJan 5, 2010\nRuns\n12\n\nNov 16, 2017\n\n{ONE}\n\nVesper\n\nWell-Known Member\n\nJoined\nJan 6, 2010\nRuns\n7\n\nNov 17, 2017\n\n#2\n\n{TWO}\n",
        paragraphs=(ONE,),
        byline=("Marlow",),
        comments=(("Vesper", TWO),),
    ),
    Case(
        "vBulletin 3",
        f"{T}\n\n11-16-2017, 02:30 PM\n#1\nMarlow\nSenior Member\nJoin Date: Jan 2010\nPosts: 1,234\n\n{ONE}\n\n11-16-2017, 03:30 PM\n#2\nVesper\nMember\nPosts: 12\n\n{TWO}\n",
        paragraphs=(ONE,),
        byline=("Marlow",),
        comments=(("Vesper", TWO),),
    ),
    Case("a posted article", f"{T}\n\nPosted November 16, 2017\n\n{BODY}", day="2017-11-16"),
    Case("dateline with a dash", f"{T}\n\nPHNOM PENH —\n\n{BODY}", dateline="PHNOM PENH"),
]  # fmt: skip


def parts(case: Case | Article) -> dict[str, object]:
    if isinstance(case, Case):
        return {name: getattr(case, name) for name in PARTS}
    return {
        "title": case.title,
        "subtitle": case.subtitle,
        "captions": tuple((caption.text, caption.credit) for caption in case.captions),
        "paragraphs": case.paragraphs,
        "headings": tuple(section.heading for section in case.sections if section.heading),
        "attribution": case.attribution,
        "byline": case.byline,
        "dateline": case.dateline,
        "origin": case.origin.publisher if case.origin else None,
        "day": f"{case.published_at - timedelta(hours=12):%Y-%m-%d}" if case.published_at else None,
        "comments": tuple((comment.author, comment.text) for comment in case.comments),
    }


PARTS = tuple(field.name for field in fields(Case) if field.name not in ("name", "text"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_part_is_found(case: Case) -> None:
    assert parts(load(case.text)) == parts(case)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_was_read_prints_and_reads_back(case: Case) -> None:
    if case.title:
        assert dump(load(case.text)).lost == ()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_windows_line_ends_change_nothing(case: Case) -> None:
    assert load(case.text.replace("\n", "\r\n")) == load(case.text)


@pytest.mark.parametrize(
    "line",
    ["Joined", "Posted 1 day ago\n", "Re: x", "1. a3:17 AM", "Marlow says:\nNov 16, 2017 2:30 pm", "#2", "x"],
)
def test_a_page_of_one_line_over_and_over_is_read_or_refused(line: str) -> None:
    """What looks like the head of a post, thousands of times, costs no more than its length."""
    for text in (f"{line}\n" * 4000, f"{line}\n\n" * 4000):
        try:
            dump(load(text))
        except InputError:
            continue
