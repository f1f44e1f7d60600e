"""What the rules of `stems` cannot know: forms that follow no rule, and the endings of verbs of the third group.

They were read in the pairs that the rules join among the commonest words (`docs/decisions/0118`).
"""

# Each family has its first word as its key, which no other word has.
_FORMS = """
nouveau nouvel nouvelle nouveaux nouvelles; beau bel belle beaux belles; vieux vieil vieille vieilles
fou fol folle fous folles; mou molle mous molles; jumeau jumelle jumeaux jumelles; agneau agnelle agneaux
doux douce douces; roux rousse rousses; faux fausse fausses; jaloux jalouse jalouses; epoux epouse epouses
blanc blanche blancs blanches; franc franche francs franches; sec seche secs seches; frais fraiche fraiches
public publique publics publiques; turc turque turcs turques; grec grecque grecs grecques; laic laique laiques laics
caduc caduque caducs caduques; long longue longs longues; favori favorite favoris favorites; benin benigne benins
malin maligne malins malignes; gros grosse grosses; bas basse basses; gras grasse grasses; las lasse lasses
epais epaisse epaisses; expres expresse expresses; metis metisse metisses; tiers tierce tierces
travail travaux; bail baux; vitrail vitraux; corail coraux; email emaux; soupirail soupiraux; vantail vantaux
oeil yeux; ciel cieux; aieul aieux; monsieur messieurs; madame mesdames; mademoiselle mesdemoiselles
maire mairesse maires mairesses; maitre maitresse maitres maitresses; hote hotesse hotes hotesses
copain copine copains copines; heros heroine heroines; compagnon compagne compagnons compagnes
dur dure durs dures; pur pure purs pures; fin fine fins fines; sur sure surs sures; mur mure murs mures
vif vive vifs vives; nul nulle nuls nulles; net nette nets nettes; bon bonne bons bonnes; nu nue nus nues
gentil gentille gentils gentilles; pareil pareille pareils pareilles
tout toute tous toutes toustes; quel quelle quels quelles; celui celle ceux celles
serviteur servante serviteurs servantes; gouverneur gouverneure; ambassadeur ambassadrice ambassadeurs ambassadrices
cas; dos; tas; bras; mois; fois; vis; gres; temps; moins; peux; revers; goutte gouttes; pouls; puits; poids; corps
donnee donnees; annee annees; soiree soirees; matinee matinees; maree marees; cheminee cheminees; poupee poupees
poignee poignees; randonnee randonnees; bouee bouees; partie parties; sortie sorties; marie maries mariee mariees
parce; voire; france; tante tantes; soie soies; foie foies; stade stades; reine reines; moine moines; poule poules
tempe tempes; haie haies; plaie plaies; medecine medecines; priere prieres; suite suites; reussite reussites
poursuite poursuites; faillite faillites; desserte dessertes; halle halles; chaire chaires; colonne colonnes
navette navettes; galette galettes; fourchette fourchettes; these theses; messe messes; boue boues; lieue lieues
cuire; fonte fontes; refonte refontes; tribune tribunes; charniere charnieres; glaciere glacieres; moutarde moutardes
revente reventes; entente ententes; terreur terreurs; unite unites; maisonnee maisonnees; reflexe reflexes; elite elites
"""
# Words that are a form of a verb too, which nobody means.
_NO_VERBS = """
donnee donnees maintenant pendant cours court courant suis somme sommes part parts partie parties parti partis point
points lit lits nuit nuits bruit bruits fond fonds sens voie voies revenu revenus revue revues livre livres jeune
jeunes tete tetes rue rues cote cotes boite boites bande bandes grave graves amende amendes couple couples eleve
eleves poste postes dessert desserts crue crues tapis mepris entreprise entreprises enceinte enceintes vente ventes
attente attentes monde mondes sorte sortes ne plus trait traits musee musees sable sables sourd unites goutte gouttes
du serie series came camera cameras statue statues bouche bouches echelons talons boutons cochons canons poissons
"""
# The endings that each form of the future, in -ra, and of the imperfect, in -ait, stands for.
_FUTURE = "ra rai ras rons rez ront rais rait rions riez raient".split()
_IMPERFECT = "ais ait ions iez aient".split()
_VERBS = """
prendre: prend prends prenons prenez prennent prenne prenait prenant prendra pris prise prises
tenir: tient tiens tenons tenez tiennent tienne tenait tenant tiendra tenu tenue tenus tenues
venir: vient viens venons venez viennent vienne venait venant viendra venu venue venus venues
mettre: met mets mettons mettez mettent mette mettait mettant mettra mis mise mises
ouvrir: ouvre ouvres ouvrons ouvrez ouvrent ouvrait ouvraient ouvrant ouvrira ouvert ouverte ouverts ouvertes
couvrir: couvre couvrons couvrez couvrent couvrait couvrant couvrira couvert couverte couverts couvertes
offrir: offre offres offrons offrez offrent offrait offraient offrant offrira offert offerte offerts offertes
souffrir: souffre souffrons souffrez souffrent souffrait souffrant souffert soufferte soufferts souffertes
uire: uis uit uisons uisez uisent uise uisait uisant uira uite uits uites
crire: cris crit crivons crivez crivent crive crivait crivant crira crite crits crites
faire: fait faisons faites font fasse fassent faisait faisant fera faite faits
dire: dis dit disons dites disent dise disait disant dira dite dits
lire: lis lit lisons lisez lisent lise lisait lisant lira lu lue lus lues
vivre: vis vit vivons vivez vivent vive vivait vivant vivra vecu vecue vecus vecues
suivre: suis suit suivons suivez suivent suive suivait suivant suivra suivi suivie suivis suivies
voir: vois voit voyons voyez voient voie voyait voyant verra vu vue vus vues
cevoir: cois coit cevons cevez coivent coive cevait cevant cevra cu cue cus cues
devoir: dois doit devons devez doivent doive devait devra du due dus dues
falloir: faut fallait faudra fallu
pouvoir: peux peut pouvons pouvez peuvent puisse puissent pouvait pouvant pourra pu
vouloir: veux veut voulons voulez veulent veuille voulait voulant voudra voulu voulue voulus voulues
savoir: sait savons savez savent sache sachent sachant savait sachons sachez saura su sue sus sues
valoir: vaut valons valez valent vaille valait valant vaudra valu value valus
oindre: oins oint oignons oignez oignent oigne oignait oignant oindra ointe oints ointes
eindre: eins eint eignons eignez eignent eigne eignait eignant eindra einte eints eintes
aindre: ains aint aignons aignez aignent aigne aignait aignant aindra ainte aints aintes
onnaitre: onnait onnaissons onnaissez onnaissent onnaisse onnaissait onnaissant onnaitra onnu onnue onnus onnues
paraitre: parais parait paraissons paraissez paraissent paraisse paraissait paraissant paraitra paru parue
naitre: nait naissons naissez naissent naisse naissait naissant naitra nee nees
endre: end ends endons endez endent ende endait endant endra endu endue endus endues
ondre: ond onds ondons ondez ondent onde ondait ondant ondra ondu ondue ondus ondues
perdre: perd perds perdons perdez perdent perde perdait perdant perdra perdu perdue perdus perdues
battre: bat bats battons battez battent batte battait battant battra battu battue battus battues
rompre: romps rompt rompons rompez rompent rompait rompu rompue rompus rompues
courir: cours court courons courez courent coure courait couraient courant courra couru courue courus
croire: crois croit croyons croyez croient croie croyait croyant croira cru crue crus crues
croitre: croissons croissez croissent croisse croissait croissant croitra
clure: clus clut cluons cluent clu clue clues cluait cluant clura cluse cluses
soudre: sous sout solvons solvez solvent solve solvait solvant soudra solu solue solus solues
plaire: plait plaisons plaisez plaisent plaise plaisait plaisant plaira plu
querir: quiers quiert querons querez quierent querait querra quis quise quises
cueillir: cueille cueilles cueillons cueillez cueillent cueillait cueillera cueilli cueillie cueillis cueillies
servir: sers sert servons servez servent serve servait servant servira servi servie servis servies
partir: pars part partons partez partent parte partait partant partira parti partie partis parties
sortir: sors sort sortons sortez sortent sorte sortait sortant sortira sorti sortie sortis sorties
sentir: sens sent sentons sentez sentent sente sentait sentant sentira senti sentie sentis senties
dormir: dors dort dormons dormez dorment dorme dormait dormant dormira dormi dormie dormis dormies
mentir: mens ment mentons mentez mentent mente mentait mentant mentira menti
mourir: meurs meurt mourons mourez meurent meure mourait mouraient mourant mourra mort morte morts mortes
asseoir: assieds assied asseyons asseyez assoient assis assise assises
traire: trais trait trayons trayez traient traie trayait trayant traira traite traits traites
suffire: suffis suffit suffisons suffisez suffisent suffise suffisait suffisant suffira suffi
vaincre: vaincs vainc vainquons vainquez vainquent vainque vainquait vainquant vaincra vaincu vaincue vaincus vaincues
mouvoir: meus meut mouvons mouvez meuvent meuve mouvait mouvant mouvra mu mue mus mues
boire: boit buvons buvez boivent boive buvait buvant boira bu
rire: ris rit rions riez rient riait riant rira
taire: tais tait taisons taisez taisent taise taisait taisant taira
vetir: vets vet vetons vetez vetent vete vetait vetant vetira vetu vetue vetus vetues
pleuvoir: pleut pleuve pleuvait pleuvant pleuvra plu
mordre: mords mord mordons mordez mordent morde mordait mordant mordra mordu mordue mordus mordues
"""


def _read_forms() -> dict[str, str]:
    families = [family.split() for line in _FORMS.strip().splitlines() for family in line.split(";")]
    return {form: family[0] for family in families for form in family}


def _read_verbs() -> dict[str, list[str]]:
    """Read, for each ending, the infinitives that it may be of, their own endings included."""
    found: dict[str, list[str]] = {}
    for line in _VERBS.strip().splitlines():
        infinitive, endings = line.split(":")
        for ending in sorted({infinitive, *(one for written in endings.split() for one in _conjugate(written))}):
            found.setdefault(ending, []).append(infinitive)
    return found


def _conjugate(ending: str) -> list[str]:
    """Return the forms that one stands for: all of its tense, where that has a rule."""
    for last, others in (("ra", _FUTURE), ("ait", _IMPERFECT)):
        if ending.endswith(last) and len(ending) > len(last):
            return [f"{ending.removesuffix(last)}{other}" for other in others]
    return [ending]


FORMS = _read_forms()
NO_VERBS = frozenset(_NO_VERBS.split())
VERBS = _read_verbs()
