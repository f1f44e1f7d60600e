"""What the rules of `stems` cannot know: forms that follow no rule, and the endings of verbs of the third group."""

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
tout toute tous toutes; quel quelle quels quelles; celui celle ceux celles
serviteur servante serviteurs servantes; gouverneur gouverneure; ambassadeur ambassadrice ambassadeurs ambassadrices
"""
_VERBS = """
prendre: prend prends prenons prenez prennent prenne prenait
prendre: prenaient prenant prendra prendront prendrait pris prise prises
tenir: tient tiens tenons tenez tiennent tienne tenait tenaient
tenir: tenant tiendra tiendront tiendrait tenu tenue tenus tenues
venir: vient viens venons venez viennent vienne venait venaient
venir: venant viendra viendront viendrait venu venue venus venues
mettre: met mets mettons mettez mettent mette mettait mettaient mettant mettra mettront mettrait mis mise mises
ouvrir: ouvre ouvres ouvrons ouvrez ouvrent ouvrait ouvraient ouvrant ouvrira ouvriront ouvert ouverte ouverts ouvertes
couvrir: couvre couvrons couvrez couvrent couvrait couvrant couvrira couvert couverte couverts couvertes
offrir: offre offres offrons offrez offrent offrait offraient offrant offrira offriront offert offerte offerts offertes
souffrir: souffre souffrons souffrez souffrent souffrait souffrant souffert soufferte soufferts souffertes
uire: uis uit uisons uisez uisent uise uisait uisaient uisant uira uiront uirait uite uits uites
crire: cris crit crivons crivez crivent crive crivait crivaient crivant crira criront crirait crite crits crites
faire: fais fait faisons faites font fasse fassent faisait faisaient faisant fera feront ferait faite faits
dire: dis dit disons dites disent dise disait disaient disant dira diront dirait dite dits
lire: lis lit lisons lisez lisent lise lisait lisaient lisant lira liront lirait lu lue lus lues
vivre: vis vit vivons vivez vivent vive vivait vivaient vivant vivra vivront vivrait vecu vecue vecus vecues
suivre: suis suit suivons suivez suivent suive suivait suivaient suivant suivra suivront suivi suivie suivis suivies
voir: vois voit voyons voyez voient voie voyait voyaient voyant verra verront verrait vu vue vus vues
cevoir: cois coit cevons cevez coivent coive cevait cevaient cevant cevra cevront cevrait cu cue cus cues
devoir: dois doit devons devez doivent doive devait devaient devra devront devrait du due dus dues
pouvoir: peux peut pouvons pouvez peuvent puisse puissent pouvait pouvaient pourra pourront pourrait pu
vouloir: veux veut voulons voulez veulent veuille voulait voulaient voudra voudront voudrait voulu voulue voulus voulues
savoir: sais sait savons savez savent sache sachent savait savaient saura sauront saurait su sue sus sues
valoir: vaut valons valez valent vaille valait valaient vaudra vaudront vaudrait valu value valus
oindre: oins oint oignons oignez oignent oigne oignait oignaient oignant oindra oindront oindrait ointe oints ointes
eindre: eins eint eignons eignez eignent eigne eignait eignaient eignant eindra eindront eindrait einte eints eintes
aindre: ains aint aignons aignez aignent aigne aignait aignaient aignant aindra aindront aindrait ainte aints aintes
onnaitre: onnais onnait onnaissons onnaissez onnaissent onnaisse onnaissait onnaissaient onnaissant onnaitra onnaitront
onnaitre: onnu onnue onnus onnues
paraitre: parais parait paraissons paraissez paraissent paraisse paraissait paraissaient paraissant paraitra paru parue
naitre: nais nait naissons naissez naissent naisse naissait naissaient naissant naitra naitront
endre: end ends endons endez endent ende endait endaient endant endra endront endrait endu endue endus endues
ondre: ond onds ondons ondez ondent onde ondait ondaient ondant ondra ondront ondrait ondu ondue ondus ondues
perdre: perd perds perdons perdez perdent perde perdait perdaient perdant perdra perdu perdue perdus perdues
battre: bat bats battons battez battent batte battait battaient battant battra battront battu battue battus battues
rompre: romps rompt rompons rompez rompent rompait rompu rompue rompus rompues
courir: cours court courons courez courent coure courait couraient courant courra courront couru courue courus
croire: crois croit croyons croyez croient croie croyait croyaient croyant croira croiront cru crue crus crues
croitre: croissons croissez croissent croisse croissait croissaient croissant croitra croitront
clure: clus clut cluons cluent clue cluait cluant clura cluront cluse cluses
soudre: sous sout solvons solvez solvent solve solvait solvant soudra soudront solu solue solus solues
plaire: plais plait plaisons plaisez plaisent plaise plaisait plaisant plaira plu
querir: quiers quiert querons querez quierent querait querra quis quise quises
cueillir: cueille cueilles cueillons cueillez cueillent cueillait cueillaient cueillera cueilleront cueilli cueillie
servir: sers sert servons servez servent serve servait servaient servant servira serviront servi servie servis servies
partir: pars part partons partez partent parte partait partaient partant partira partiront parti partie partis parties
sortir: sors sort sortons sortez sortent sorte sortait sortaient sortant sortira sortiront sorti sortie sortis sorties
sentir: sens sent sentons sentez sentent sente sentait sentaient sentant sentira sentiront senti sentie sentis senties
dormir: dors dort dormons dormez dorment dorme dormait dormaient dormant dormira dormiront dormi
mourir: meurs meurt mourons mourez meurent meure mourait mouraient mourant mourra mourront mort morte morts mortes
asseoir: assieds assied asseyons asseyez assoient assis assise assises
boire: bois boit buvons buvez boivent boive buvait buvaient buvant boira boiront bu bue bus bues
"""


def _read_forms() -> dict[str, str]:
    families = [family.split() for line in _FORMS.strip().splitlines() for family in line.split(";")]
    return {form: family[0] for family in families for form in family}


def _read_verbs() -> dict[str, list[str]]:
    """Read, for each ending, the infinitives that it may be of, their own endings included."""
    found: dict[str, list[str]] = {}
    for line in _VERBS.strip().splitlines():
        infinitive, endings = line.split(":")
        for ending in (infinitive, *endings.split()):
            found.setdefault(ending, []).append(infinitive)
    return found


FORMS = _read_forms()
VERBS = _read_verbs()
