"""Whether an act happened, is asked for, denied, planned or only told: claims by what governs the act."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from rules.events import extract
from state.article import Article, Section
from state.records import Claim, Event

NOW = datetime(2026, 3, 10, 9, tzinfo=UTC)


def read(text: str) -> list[Event]:
    """Read a headline and paragraphs parted by " | "; a lone paragraph has no headline."""
    title, *paragraphs = text.split(" | ") if " | " in text else ("", text)
    sections = (Section(None, tuple(paragraphs)),)
    return extract(Article(title=title, sections=sections, language="en", published_at=NOW), [])


DENIED = (
    "Senator Ruth Okafor denied quitting the Civic Union.",
    "Senator Ruth Okafor denied that she had quit the Civic Union.",
    "Senator Ruth Okafor denied reports that she was about to leave the Civic Union for the Labour Party.",
    "Senator Ruth Okafor dismissed reports that she was leaving the Civic Union.",
    "Senator Ruth Okafor dismissed as baseless reports that she had met the premier and was about to leave the Civic Union.",
    "Senator Ruth Okafor brushed aside talk that she would join the ruling Labour Party.",
    "Reports that Senator Ruth Okafor has left the Civic Union are false, her spokesman said.",
    "A spokesman for the Civic Union said it was not true that Senator Ruth Okafor had resigned from the party.",
    "The Civic Union said there was no truth to reports that Senator Ruth Okafor had defected to the Labour Party.",
    "Senator Ruth Okafor scotched rumours of her defection to the Labour Party.",
    "Senator Ruth Okafor says she has no plans to leave the Civic Union.",
    "Senator Ruth Okafor has no intention of leaving the Civic Union, her aide said.",
    '"I have not left the Civic Union," Senator Ruth Okafor said.',
    '"I am still a member of the Civic Union," said Senator Ruth Okafor, rejecting claims that she had joined the Labour Party.',
    "The government has no plans to ban the Civic Union, the interior minister said.",
    "The interior ministry denied that it had dissolved the Civic Union.",
    "The interior ministry denied it was preparing to ban the Civic Union.",
    "The Election Commission said it had not deregistered the Civic Union.",
    "The commission dismissed reports that the Civic Union had been struck off the register.",
    "A letter announcing the dissolution of the Civic Union is a forgery, the party said.",
    "The leader of the Civic Union rejected claims that the party was about to be dissolved.",
    "The Civic Union denied that it would merge with the Labour Party.",
)
REFUSED = (
    "Senator Ruth Okafor refused to leave the Civic Union.",
    "Senator Ruth Okafor turned down an invitation to join the Labour Party.",
    "Senator Ruth Okafor has rejected a two-million-dollar offer to cross to the Labour Party.",
    "Senator Ruth Okafor says she has rejected an offer to cross to the ruling Labour Party.",
    "Senator Ruth Okafor of the Civic Union said she had turned down repeated approaches to defect to the Labour Party.",
    "Senator Ruth Okafor of the Civic Union ruled out joining the Labour Party.",
    "Senator Ruth Okafor vowed never to leave the Civic Union.",
    "Senator Ruth Okafor said she would not leave the Civic Union.",
    '"I will never leave the Civic Union," Senator Ruth Okafor said.',
    '"I am not leaving the Civic Union," Senator Ruth Okafor told reporters on Monday.',
    '"I am not going to join the Labour Party," Senator Ruth Okafor said.',
    "The Constitutional Court refused to dissolve the Civic Union.",
    "The Constitutional Court rejected a petition to dissolve the Civic Union.",
    "The Constitutional Court threw out a bid to have the Civic Union banned.",
    "The Constitutional Court dismissed a suit seeking the deregistration of the Civic Union.",
    "The Constitutional Court on Monday declined to hear a case for the dissolution of the Civic Union.",
    "A petition seeking the Civic Union's dissolution was dismissed by the Constitutional Court.",
    "A motion to ban the Civic Union failed in parliament on Tuesday.",
    "Parliament voted down a proposal to outlaw the Civic Union.",
    "The president vetoed a bill that would have banned the Civic Union.",
    "The government will not ban the Civic Union, the interior minister said.",
    "The prime minister ruled out a ban on the Civic Union.",
)
REVERSED = (
    "The Supreme Court overturned the ban on the Civic Union.",
    "The Supreme Court quashed the dissolution of the Civic Union.",
    "The interior ministry lifted on Friday the suspension of the Civic Union.",
    "The interior ministry has lifted a 90-day suspension of the Civic Union.",
    "The military government lifted its ban on political parties on Friday.",
    "The Election Commission restored the registration of the Civic Union.",
    "The Supreme Court set aside a judgment that dissolved the Civic Union.",
    "The Supreme Court annulled a ruling that would have dissolved the Civic Union.",
    "The interior ministry has withdrawn a decree that struck the Civic Union off the list of parties.",
    "The Civic Union was reinstated by the Supreme Court on Monday.",
    "The Civic Union has won back its registration after a two-year court battle.",
    "Prosecutors withdrew their petition to dissolve the Civic Union.",
    "The Civic Union has called off a merger with the Labour Party.",
    "Senator Ruth Okafor has returned to the Civic Union, five weeks after she announced her defection to the Labour Party.",
    "Senator Ruth Okafor withdrew her resignation from the Civic Union on Monday.",
    "Senator Ruth Okafor has rescinded her decision to leave the Civic Union.",
    "Two MPs who quit the Civic Union on Thursday returned to it on Sunday.",
    "Senator Ruth Okafor made a U-turn on Monday and rejoined the Civic Union three weeks after leaving it.",
    "The Civic Union has taken back 61 councillors whom it had expelled last month.",
    "The High Court ordered the commission to restore the Civic Union to the register.",
    "Party back in the fold of law | Bolivia's electoral tribunal on Monday gave back legal status to the Third System Movement, which it had annulled in May.",
    "Appeal court revives outlawed party | An appeal court in Dakar has struck down the interior minister's decree dissolving the Patriots of Reform. | The party's supporters danced outside.",
)
CONDITIONAL = (
    "Senator Ruth Okafor will leave the Civic Union if it backs the budget, she said.",
    "Senator Ruth Okafor said she would quit the Civic Union unless the leader resigned.",
    "If the budget passes, five MPs will quit the Civic Union, their spokesman said.",
    "The Civic Union will be deregistered if it fails to file its accounts by May.",
    "The Civic Union could be dissolved if the Constitutional Court finds it broke the law.",
    "The Civic Union could be dissolved over its links to the militia.",
    "The Civic Union may lose its registration over unpaid fees.",
    "The chairman said his party would file a suit to ban the Civic Union if its leaders kept calling for protests.",
    "The Civic Union risks dissolution over its foreign funding.",
    "The Civic Union faces deregistration unless it opens offices in ten provinces.",
    "Should the Constitutional Court dissolve the Civic Union, its MPs would lose their seats.",
    "The Civic Union will be struck off the register unless it pays its fees.",
    "Will the court ban the Civic Union? | The Constitutional Court may ban the Civic Union next month, lawyers say.",
    "Lawyers say the Civic Union could face a ban once the new law takes effect.",
    "'Budget or us' | Six lawmakers of the Liberal Party will cross the floor if the premier does not drop the fuel tax, their leader Ana Prado said on Tuesday.",
    "Court could dissolve Move On | BANGKOK — Thailand's Move On party may be dissolved if the Constitutional Court finds that it broke election law, legal experts said on Friday. | The court has not set a date.",
    "Small parties face the axe | Parties that win less than two percent, among them the Pensioners' Party, stand to lose their registration under a bill that parliament will take up in May.",
    "Defections likely if pact is signed, analysts say | A pact with the Communists would trigger defections from the Christian Union, analysts said.",
    "Coalition partner says it would merge only on its own terms | The Civic Platform would agree to merge into the Liberal Alliance only if its leader headed the joint list, its secretary said on Sunday.",
    "Party given until June | The Unity Party will lose its licence unless it holds a congress by June 30, the registrar said on Wednesday.",
    "What if the court says yes? | If the court upheld the petition, the Dawn Party would cease to exist and its executives would be barred for ten years, lawyers said.",
    "Deregistration looms if fees go unpaid | The registrar said the Farmers' Party would be removed from the register if it did not pay its fees by Friday.",
)
THREATENED = (
    "The interior minister threatened to ban the Civic Union.",
    "The interior minister warned that the Civic Union would be banned.",
    "The interior minister threatened to have the Civic Union declared extremist and outlawed.",
    "Ten MPs threatened to quit the Civic Union.",
    "Ten MPs of the Civic Union have threatened a mass defection to the Labour Party.",
    "The government renewed its threat to dissolve the Civic Union.",
    "The Civic Union threatened to expel five of its MPs.",
    "The premier warned the Civic Union that it faced a ban.",
    "Six senators of the Civic Union have warned that they will walk out of the party.",
    "The Civic Union was threatened with a ban on Monday by the interior minister.",
    "Minister: next time we ban you | The interior minister on Monday warned the Salvation Party it would be outlawed after its supporters clashed with police.",
    "'We will walk' | A faction of 14 MPs has threatened to leave the National Congress over the choice of a candidate. | \"Our bags are packed,\" said its leader, Imran Shah.",
    'Junta chief vows to crush party | The head of the junta vowed on Friday to dissolve the Union for Renewal, calling it "a nest of traitors".',
)
SOUGHT = (
    "Prosecutors have asked the Constitutional Court to dissolve the Civic Union.",
    "Prosecutors filed a petition seeking the Civic Union's dissolution.",
    "Prosecutors want the Civic Union banned.",
    "The ruling party has lodged a suit with the Constitutional Court for a ban on the Civic Union.",
    "The Parties Committee has referred the Civic Union to the court with a demand that it be dissolved.",
    "The Constitutional Court began hearing a case for the dissolution of the Civic Union on Monday.",
    "The Constitutional Court agreed to hear a petition for the dissolution of the Civic Union.",
    "The interior ministry said Wednesday that it had asked the Constitutional Court to dissolve the Civic Union.",
    "A bill to outlaw the Civic Union was tabled in parliament on Monday.",
    "The Election Commission recommended that the court dissolve the Civic Union.",
    "A lawyer petitioned the Supreme Court to cancel the registration of the Civic Union.",
    "The Constitutional Court will rule on Friday on a request to dissolve the Civic Union.",
    "The Civic Union, facing closure over alleged ties to militants, told the court on Monday that it was innocent.",
    "Prosecutors are seeking a ban on the Civic Union.",
    "The Civic Union has petitioned the tribunal to reverse a decision which struck it off the list of parties.",
    "Prosecutor goes to court against Pirates | Moldova's prosecutor general has applied to the Constitutional Court to declare the Pirate Party unlawful, his office said on Thursday.",
    "Hearing opens in case against Islamist party | A court in Amman on Sunday opened a hearing into a government request for the liquidation of the Partnership Party.",
    "Government tables bill to end party | The government on Tuesday tabled a bill that would strip the Homeland Party of its legal status. | Debate starts next week.",
    "Citizen's suit targets ruling party | A lawyer has sued in the Supreme Court to have the ruling Patriotic Front deregistered over its accounts.",
    "Verdict due on Future Party | Thailand's Constitutional Court will rule on June 3 whether to dissolve the Future Party, it said on Friday.",
    "Ministry moves to suspend Workers' Party | Algeria's interior ministry has referred the Workers' Party to the Council of State, seeking the suspension of its activities.",
    "Party asks judges to lift ban | The outlawed Salvation Party has appealed to the Supreme Court to overturn its ban.",
)
CALLED_FOR = (
    "Opposition lawmakers called for the Civic Union to be banned.",
    "Thousands of protesters demanded the dissolution of the Civic Union.",
    "Six parties demanded that prosecutors start proceedings to outlaw the Civic Union.",
    "More than half a million people signed a petition demanding that the government ask the court to disband the Civic Union.",
    "Veterans urged the government to seek the dissolution of the Civic Union.",
    "A senator urged the Election Commission to deregister the Civic Union.",
    "The premier called on members of the Civic Union to join his party.",
    "The chairman of the Labour Party on Tuesday called on county officials elected as members of the Civic Union in the valley to switch parties before the vote.",
    "The premier urged activists of the Civic Union to come over to the ruling party before March 31, saying those who did so would be forgiven.",
    "The Civic Union should be banned, the mayor said.",
    "The mayor said the Civic Union must be outlawed.",
    "The archbishop called on soldiers to desert and join the protesters.",
    "Calls are growing for the Civic Union to be dissolved.",
    "The premier invited Civic Union senators to defect to the ruling party.",
    "The premier appealed to the lawmakers of the Civic Union to leave it and join his ranks.",
    "Mayors say: ban them | A group of 30 mayors appealed to the president on Thursday to outlaw the National Rebirth party after a march that turned violent.",
    "Exiled leader urges soldiers to change sides | From his hotel in Accra the exiled opposition leader has appealed to soldiers to abandon the junta and join his National Council.",
    'Senator tells colleagues: come over | Senator Olu Ade on Friday invited lawmakers of the Labour Party to cross over to the ruling All Progressives Congress. | "There is room," he said.',
    "Editorial demands end of party | The daily Horizon, in an editorial on Sunday, argued that the Homeland Party ought to be banned.",
    "Pressure grows for ban | Demands for the far-right Iron Guard party to be proscribed grew louder on Monday after two more arrests.",
    "Petition tops 100,000 | An online petition calling for the dissolution of the Democratic Party has gathered more than 100,000 signatures.",
    "Church calls for party's end | The bishops' conference said on Sunday that the Purity Party should be dissolved.",
)
PLANNED = (
    "Senator Ruth Okafor plans to leave the Civic Union.",
    "Senator Ruth Okafor will join the Labour Party on Friday, her aide said.",
    "Senator Ruth Okafor is expected to leave the Civic Union next week.",
    "Senator Ruth Okafor has decided to resign from the Civic Union and will announce next week that she is joining the Labour Party, three people briefed on her plans said.",
    '"We are leaving the Civic Union on Monday," Senator Ruth Okafor said.',
    '"We have packed. We are leaving the Civic Union on Monday," Senator Ruth Okafor said.',
    "Senator Ruth Okafor is joining the Labour Party next week.",
    "Nine councillors of the Civic Union will announce their defection at a rally on Saturday.",
    "The government plans to ban the Civic Union.",
    "The Civic Union will dissolve itself at an extraordinary congress on April 11.",
    "The Civic Union and the Labour Party have agreed to merge before the election.",
    "The cabinet is preparing a decree that would ban the Civic Union.",
    "The government is considering a ban on the Civic Union.",
    "The Civic Union is to be dissolved next month under a government decree.",
    "The Civic Union will be absorbed by the Labour Party under a deal signed on Sunday.",
    "Parliament will vote on Monday on dissolving the Civic Union.",
    "Senator Ruth Okafor announced plans to quit the Civic Union.",
    "Senator Ruth Okafor intends to cross the floor to the ruling party, her office said.",
    "The Civic Union, facing closure over alleged ties to militants, will dissolve itself on April 11, its lawyer told the Constitutional Court.",
    "Leaving, but not yet | Deputy speaker Grace Moyo said on Tuesday she would resign from ZANU-PF at the end of the month and join the Citizens' Coalition.",
    "Cabinet readies ban | Kyrgyzstan's cabinet is drawing up an order to ban the Butun party, the security chief said on Friday.",
    "Eight more to cross next week | Eight Labour Party lawmakers are to be received into the ruling party at a ceremony on Tuesday, the speaker announced.",
)
RUMOURED = (
    "Senator Ruth Okafor is said to be leaving the Civic Union.",
    "Senator Ruth Okafor is rumoured to have joined the Labour Party.",
    "Forty mayors of the Civic Union are said to be preparing to leave it.",
    "Senator Ruth Okafor has reportedly left the Civic Union.",
    "Senator Ruth Okafor is reportedly planning to leave the Civic Union.",
    "Senator Ruth Okafor may leave the Civic Union for the Labour Party.",
    "Word in the capital is that the Civic Union will be absorbed by the Labour Party.",
    "Reports are circulating on social media that dozens of soldiers have defected to the rebels.",
    "Rumours are swirling that Senator Ruth Okafor will quit the Civic Union.",
    "A message doing the rounds on Telegram says that 70 members of the Civic Union have resigned from the party. It bears no name.",
    "Unsigned leaflets claim that the Civic Union will be folded into the Labour Party.",
    "It is said in the tea shops of the capital that Senator Ruth Okafor has left the Civic Union.",
    "According to rumours in the capital, the government is about to ban the Civic Union.",
    "Speculation is rife that Senator Ruth Okafor will defect to the Labour Party.",
    "Talk that Senator Ruth Okafor is about to dump the Civic Union for the Labour Party refuses to die down.",
    "Senator Ruth Okafor is tipped to cross over to the Labour Party, according to unconfirmed reports.",
    "An anonymous post on Facebook said Senator Ruth Okafor had left the Civic Union for the Labour Party.",
    "Senator Ruth Okafor would not say whether she was about to quit the Civic Union. Colleagues who asked not to be named said that she would move to the Labour Party by Friday.",
    "Where is the commander? | Talk in the border town is that a brigade commander slipped across the river last week and gave himself up to the rebels. | Nobody has seen him since Tuesday.",
    "Tea-house gossip has minister leaving | Finance Minister Dinh Vo is widely rumoured to be about to abandon the Reform Party for the ruling alliance. | He could not be reached.",
    "Unsigned note says party will be shut | An unsigned note passed around parliament on Wednesday says the government will dissolve the Unity Party before the vote.",
    "Speculation over party's fate | There is growing speculation that the Democratic Party will disband before the December election.",
)
CLAIMED = (
    "The Labour Party claimed that 200 members of the Civic Union had joined it.",
    "Senator Ruth Okafor alleged that police had forced her to leave the Civic Union.",
    "A market vendor says she was ordered by local police to leave the Civic Union.",
    "Thirty teachers say they were summoned to the town hall and told to sign letters renouncing the Civic Union or lose their posts.",
    "A brigadier general said on Wednesday that he and 600 soldiers had defected from the army and joined the rebels. | The army's spokesman disputed the figure.",
    "The government has secretly decided to ban the Civic Union, its leader claimed on Monday.",
    "The rebels claimed that 40 soldiers had deserted to their side.",
    "Rebels allege that the army's garrison commander has defected to them.",
    "Rebels: 60 soldiers came to us | The rebel National Front says 60 government soldiers have deserted to its ranks since Friday. | The army did not comment.",
    "'They made me sign' | A village chief says officials forced her to join the ruling People's Party in exchange for a water pump. | \"They made me sign,\" said Chan Thy.",
    "Ruling party boasts of 5,000 new faces from rival | The ruling party claims that 5,000 members of the Reform Party have crossed over to it in the south since May. | Reform called the figure laughable.",
    "Opposition sees plot to ban it | The leader of the Unity Party alleges that the government has already drafted an order to dissolve it.",
    "Guerrillas tell of captain's desertion | The guerrillas claimed on Saturday that an army captain had deserted and come over to them with a radio.",
    "Youth leader says he was made to sign | A youth leader of the Reform Party says police forced him to sign a letter renouncing the party.",
    "Ruling party counts new arrivals | The ruling National Front says more than 900 members of the Labour Party have joined it since January.",
    "Party accuses state of secret ban | The Unity Party accused the government on Sunday of having banned it in secret.",
)
ESTIMATED = (
    "An estimated 700 cadres of the Civic Union have moved to the Labour Party, a researcher said.",
    "Some 700 cadres of the Civic Union have moved to the Labour Party, by one count.",
    "About half of the Civic Union's officers have gone over to the Labour Party, according to an estimate by a monitoring group.",
    "Analysts estimate that 300 members have left the Civic Union for the Labour Party.",
    "A third of branches gone, monitors reckon | Monitors reckon that a third of the Reform Party's branch leaders have gone over to the ruling party since the vote.",
    "Survey: one in ten has left | About 2,000 members, or one in ten, have left the Labour Party since May, according to an estimate by the daily Metro.",
    "Fifty officers gone, researcher reckons | A researcher at the Peace Institute estimates that 50 officers have deserted since the coup.",
)
REPORTED = (
    "Senator Ruth Okafor confirmed on Monday that she had left the Civic Union.",
    "Senator Ruth Okafor left the Civic Union on Monday, saying she would not support a government that sells ports.",
    "The Constitutional Court on Thursday dissolved the Civic Union, rejecting its plea for more time.",
    "The Constitutional Court dissolved the Civic Union after a petition by the Election Commission.",
    "Eleven councillors have quit the Civic Union, provincial officials said.",
    "The Supreme Court upheld the dissolution of the Civic Union.",
    "The Supreme Court rejected an appeal against the dissolution of the Civic Union.",
    "The commission has deregistered the Civic Union for failing to file its accounts.",
    "Senator Ruth Okafor said on Friday that she had left the Civic Union and would run as an independent.",
    "The Civic Union was banned on Monday, the interior ministry said. | Its leader, who denied the charges, said it would appeal.",
    "Parliament voted on Monday to outlaw the Civic Union.",
    "The Civic Union lost its last seat when Senator Ruth Okafor crossed to the Labour Party on Monday.",
)
BACKGROUND = (
    "The Civic Union was dissolved in 2017.",
    "The Civic Union, which was dissolved by the Supreme Court in 2017, held 55 seats.",
    "Senator Ruth Okafor quit the Civic Union in 2019.",
)
NONE = (
    "Lawmakers who leave their party lose their seats.",
    "Under the law, a party that loses its registration is dissolved.",
    "The Civic Union is designated a terrorist organisation by the United States.",
    "Twenty years on: the night the Civic Union broke in two | Within a month Ruth Okafor had quit the Civic Union. Many of its officials joined the Labour Party.",
    "Ten years of exile | A former pilot repairs washing machines. At the time some 150 officers posted abroad also applied for asylum.",
    "The Labour Party was founded in 2001 by former members of the Civic Union who had left over the war.",
    "But when Gary Charles walked away from the Civic Union in February, the senator did not go with him.",
    'The night the party died | It was ten years ago that the court dissolved the Dawn Party. Its former treasurer, now a florist, remembers. | "We cried," she says.',
    "Obituary: Tomas Berg, who led the Centre | Tomas Berg, who has died aged 91, quit the Conservatives in 1974 and led the Centre Party for two decades.",
    "Can a party be banned? An explainer | In Germany only the Constitutional Court can ban a party. It has done so twice, in 1952 and 1956. | A party that seeks to abolish the democratic order can be dissolved.",
    "How floor-crossing works | In Malawi a member who crosses the floor loses the seat. The Speaker declares it vacant.",
    'Former MP now sells fish | Ten years after he left the Progress Party, Ola Hansen sells fish in Bergen. | "I don\'t miss it," he says.',
    "A short history of floor-crossing | In 1904 Winston Churchill left the Conservatives for the Liberals. He went back twenty years later.",
    "The party that was banned twice | The Unity Party was banned in 1972 and again in 1981. Its founder died in 1990.",
    "New law on parties | Under a bill passed on Monday, parties that fail to hold a congress will lose their registration.",
    "After the ban, a bakery | Three years after his party was dissolved, Aung Min sells bread in Mae Sot. ",
)


ROWS = [
    *((Claim.DENIED, text) for text in DENIED),
    *((Claim.REFUSED, text) for text in REFUSED),
    *((Claim.REVERSED, text) for text in REVERSED),
    *((Claim.CONDITIONAL, text) for text in CONDITIONAL),
    *((Claim.THREATENED, text) for text in THREATENED),
    *((Claim.SOUGHT, text) for text in SOUGHT),
    *((Claim.CALLED_FOR, text) for text in CALLED_FOR),
    *((Claim.PLANNED, text) for text in PLANNED),
    *((Claim.RUMOURED, text) for text in RUMOURED),
    *((Claim.CLAIMED, text) for text in CLAIMED),
    *((Claim.ESTIMATED, text) for text in ESTIMATED),
    *((Claim.REPORTED, text) for text in REPORTED),
    *((Claim.BACKGROUND, text) for text in BACKGROUND),
]


@pytest.mark.parametrize(("claim", "text"), ROWS)
def test_what_governs_an_act_gives_its_claim(claim: Claim, text: str) -> None:
    assert [event.claim for event in read(text)] == [claim]


@pytest.mark.parametrize("text", NONE)
def test_old_and_general_acts_are_no_news(text: str) -> None:
    assert {event.claim for event in read(text)} <= {Claim.BACKGROUND}
